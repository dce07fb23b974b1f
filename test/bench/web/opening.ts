/** From a click to a chat that one can write in, each time in a browser that has never been here. */
import type { Browser } from 'playwright-core';

import { quantile, report, section } from '../table.ts';
import { withSite } from './stage.ts';

const RUNS = 9;
const MAX_OPEN_MS = 200;

/** Where to click: on the page itself, or within the widget. */
interface Opening {
  readonly name: string;
  readonly path: string;
  readonly button: string;
  /** The element whose shadow root holds button and chat. */
  readonly host: string | null;
}

const OPENINGS: readonly Opening[] = [
  {
    name: '“Chat with vendor” on a product page',
    path: '/product/blue-bowl?as=nino',
    button: '.parley-button',
    host: null,
  },
  {
    name: 'the widget’s launcher on a plain page',
    path: '/widget/example.html?as=nino',
    button: 'button.launch',
    host: 'parley-chat',
  },
];

/** Measures both. */
export async function benchOpening(): Promise<void> {
  section(`Click to open chat, with nothing in the browser's cache (median of ${RUNS})`);
  await withSite(async ({ url, browser }) => {
    for (const opening of OPENINGS) {
      const times: number[] = [];
      // the first one warms the functions behind the API, as any visitor before did
      await openOnce(browser, url, opening);
      for (let run = 0; run < RUNS; run += 1) times.push(await openOnce(browser, url, opening));
      const shown = times.map((ms) => ms.toFixed(0)).join(', ');
      report({
        name: opening.name,
        value: quantile(times, 0.5),
        unit: 'ms',
        budget: MAX_OPEN_MS,
        note: `runs: ${shown}`,
      });
    }
  });
}

async function openOnce(browser: Browser, url: string, opening: Opening): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(`${url}${opening.path}`);
    await page.getByRole('button', { name: /chat/iu }).first().waitFor();
    await page.waitForLoadState('networkidle');
    return await page.evaluate(clickAndWait, opening);
  } finally {
    await context.close();
  }
}

/** In the page: milliseconds from the click to the frame after the one in which one can write. */
async function clickAndWait({ host, button }: Opening): Promise<number> {
  const root = host === null ? document : document.querySelector(host)?.shadowRoot;
  const target = root?.querySelector<HTMLElement>(button);
  if (!root || !target) throw new Error(`There is no ${button} to click.`);
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const startedAt = performance.now();
  target.click();
  const field = () =>
    root.querySelector<HTMLTextAreaElement>('dialog textarea, [role="dialog"] textarea');
  while (field() === null || field()?.disabled === true) {
    if (performance.now() - startedAt > 15_000) throw new Error('The chat does not open.');
    await frame();
  }
  await frame();
  return performance.now() - startedAt;
}
