/** A conversation of 5,000 messages in real Chromium: short in the page, and never moving under the eyes. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Message } from '#protocol/message.ts';

import { type Engine, startEngine } from '../../lib/local/database/engine.ts';
import { startBrowser } from '../support/browser.ts';
import { type EmbeddingSite, startEmbeddingSite } from '../support/embedding-site.ts';
import { servePast, setLastSeq } from '../support/long-room.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, tokenFor, Windows, write } from './people.ts';

const COUNT = 5_000;
/** More rows than that are never in the page. */
const MOST_ROWS = 150;

const make = (seq: number): Partial<Message> => ({
  text: `${'word '.repeat(1 + ((seq * 7) % 40))}${seq}`,
  ...(seq % 40 === 0 && {
    type: 'image',
    attachments: [
      { key: `p${seq}`, name: 'bowl.png', contentType: 'image/png', size: 9, width: 4, height: 3 },
    ],
  }),
  ...(seq === COUNT - 3 && { replyTo: 3 }),
});

let engine: Engine;
let server: LocalServer;
let browser: Browser;
let roomId: string;
const windows = new Windows();

beforeAll(async () => {
  engine = await startEngine({ dataFolder: undefined, endpoint: undefined });
  const env = { DYNAMODB_ENDPOINT: engine.endpoint };
  [server, browser] = await Promise.all([startWarmServer({ env }), startBrowser()]);
  const nino = await openNino();
  await write(nino, 'The very first question');
  await nino.getByText(/^(?:Sent|Delivered)$/u).waitFor();
  roomId = await setLastSeq(engine.endpoint, COUNT);
  await windows.close();
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await engine?.stop();
});

/** Nino with the popup open. @param hasPast whether his past is long too */
async function openNino({ hasPast = false } = {}): Promise<Page> {
  const nino = await windows.open(browser, 'about:blank');
  if (hasPast) await servePast(nino, { last: COUNT, make });
  await nino.goto(`${server.url}/product/blue-bowl?as=nino`);
  await openChat(nino);
  return nino;
}

/** Ana at the room; `onPage` is asked before each page of history comes. */
async function openAna({
  onPage,
  language = 'en',
}: { onPage?: () => Promise<void>; language?: string } = {}): Promise<Page> {
  const ana = await windows.open(browser, 'about:blank');
  await servePast(ana, { last: COUNT, make, ...(onPage !== undefined && { onPage }) });
  await ana.goto(`${server.url}/inbox/${roomId}?as=ana&lang=${language}`);
  await rows(ana).first().waitFor();
  return ana;
}

const log = (page: Page) => page.locator('.log__scroll');
const rows = (page: Page) => page.getByRole('log').locator('.message');
const scrollTo = (page: Page, top: number) =>
  log(page).evaluate((box, to) => void (box.scrollTop = to), top);

/** A message in sight, and where its words stand on the screen. */
const look = (page: Page) =>
  log(page).evaluate((box) => {
    const { top } = box.getBoundingClientRect();
    const seen = [...box.querySelectorAll<HTMLElement>('[data-seq]')].find(
      (row) => (row.querySelector('.bubble')?.getBoundingClientRect().top ?? 0) > top,
    );
    return {
      seq: seen?.dataset['seq'] ?? '',
      top: seen?.querySelector('.bubble')?.getBoundingClientRect().top ?? NaN,
    };
  });
const topOf = (page: Page, seq: string) =>
  log(page)
    .locator(`[data-seq="${seq}"] .bubble`)
    .evaluate((row) => row.getBoundingClientRect().top);
/** How far a message is from where it was. */
const driftOf = async (page: Page, { seq, top }: { seq: string; top: number }) =>
  Math.abs((await topOf(page, seq)) - top);

/** Something that waits until it is let go. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  #isOpen = false;
  readonly pass = async (): Promise<void> => {
    if (!this.#isOpen) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  };
  get count(): number {
    return this.#waiting.length;
  }
  letOne(): void {
    this.#waiting.shift()?.();
  }
  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }
}

/** Scrolls up through five pages, each when it is asked for. @returns how far each moved what was in sight */
async function readUpward(page: Page, gate: Gate): Promise<number[]> {
  const jumps: number[] = [];
  for (let count = 0; count < 5; count++) {
    await scrollTo(page, 0);
    await expect.poll(() => gate.count).toBe(1);
    const before = await look(page);
    const height = await log(page).evaluate((box) => box.scrollHeight);
    gate.letOne();
    await expect.poll(() => log(page).evaluate((box) => box.scrollHeight)).toBeGreaterThan(height);
    jumps.push(await driftOf(page, before));
  }
  return jumps;
}

describe('a conversation of 5,000 messages', () => {
  it.each(['en', 'ar'])(
    'opens at its end with few rows, and loads upward without a jump: %s',
    async (language) => {
      const gate = new Gate();
      const ana = await openAna({ onPage: gate.pass, language });
      await expect.poll(() => isInSight(ana, COUNT)).toBe(true);
      expect(await rows(ana).count()).toBeLessThanOrEqual(MOST_ROWS);
      const jumps = await readUpward(ana, gate);
      expect(Math.max(...jumps)).toBeLessThanOrEqual(1);
      await expect.poll(() => rows(ana).count()).toBeLessThanOrEqual(MOST_ROWS);
    },
  );

  it('lets go of its end where a message grows in the very moment in which one leaves it', async () => {
    const ana = await openAna();
    await expect.poll(() => isInSight(ana, COUNT)).toBe(true);
    await rows(ana)
      .last()
      .evaluate((row) => {
        row.style.paddingBlockEnd = '40px';
        const box = row.closest('.log__scroll');
        if (box !== null) box.scrollTop -= 900;
      });
    await ana.getByRole('button', { name: 'Go to the latest message' }).waitFor();
    await expect.poll(() => isStill(ana)).toBe(true);
    expect(await isInSight(ana, COUNT)).toBe(false);
  });

  it('leads to a message at the very beginning, stays there, and back to the latest', async () => {
    const ana = await openAna();
    await ana.getByRole('log').locator('.quote').last().click();
    const first = log(ana).locator('[data-seq="3"]');
    await first.waitFor();
    await expect.poll(() => isInSight(ana, 3)).toBe(true);
    expect(await rows(ana).count()).toBeLessThanOrEqual(MOST_ROWS);
    await ana.getByText('This is where the conversation begins').waitFor();

    // everything is loaded now: wherever one drags the bar, there is something to read
    const { scrollHeight } = await log(ana).evaluate(({ scrollHeight }) => ({ scrollHeight }));
    for (const part of [0.5, 0.1, 0.8]) {
      await scrollTo(ana, scrollHeight * part);
      await expect.poll(async () => (await look(ana)).seq).not.toBe('');
      expect(await rows(ana).count()).toBeLessThanOrEqual(MOST_ROWS);
    }
    await expect.poll(() => isStill(ana)).toBe(true);
    const before = await look(ana);
    const nino = await openNino({ hasPast: true });
    await write(nino, 'News while you read');
    const latest = ana.getByRole('button', { name: 'Go to 1 new message' });
    await latest.waitFor();
    expect(await driftOf(ana, before)).toBeLessThanOrEqual(1);
    await latest.click();
    await bubble(ana, 'News while you read').waitFor();
    await expect.poll(() => isInSight(ana, COUNT + 1)).toBe(true);
    await latest.waitFor({ state: 'detached' });
  });

  it('keeps the place of who reads above, whoever of the shop writes meanwhile', async () => {
    const ana = await openAna();
    const colleague = await openAna();
    await expect.poll(() => isInSight(ana, COUNT)).toBe(true);
    await scrollTo(ana, 300);
    await expect.poll(() => isStill(ana)).toBe(true);
    const before = await look(ana);
    await write(colleague, 'From the other room');
    await ana.getByRole('button', { name: 'Go to 1 new message' }).waitFor();
    expect(await driftOf(ana, before)).toBeLessThanOrEqual(1);
    // her own words are another matter
    await write(ana, 'From here');
    await ana.getByRole('button', { name: /^Go to/u }).waitFor({ state: 'detached' });
    await expect.poll(() => bubble(ana, 'From here').isVisible()).toBe(true);
  });

  it('does not move when pictures come late', async () => {
    const gate = new Gate();
    const ana = await windows.open(browser, 'about:blank');
    await servePast(ana, { last: COUNT, make });
    await ana.route('**/attachments/*', async (route) => {
      await gate.pass();
      const url = `${server.url}/products/blue-bowl/1.svg`;
      await route.fulfill({ json: { url, expiresAt: '2099-01-01T00:00:00.000Z' } });
    });
    await ana.goto(`${server.url}/inbox/${roomId}?as=ana`);
    await ana.getByRole('button', { name: 'Open the picture bowl.png' }).first().waitFor();
    await log(ana).evaluate((box) => void (box.scrollTop -= 500));
    await expect.poll(() => isStill(ana)).toBe(true);
    const before = await look(ana);
    expect(await ana.getByRole('log').locator('.picture img').count()).toBe(0);
    gate.open();
    await ana.getByRole('log').locator('.picture img').first().waitFor();
    expect(await driftOf(ana, before)).toBeLessThanOrEqual(1);
  });
});

describe('in the widget on another site', () => {
  let site: EmbeddingSite;
  beforeAll(async () => {
    site = await startEmbeddingSite(server);
    site.show([{ vendor: '7', 'vendor-name': 'Cellar' }]);
    site.run("document.querySelector('parley-chat').tokenProvider = () => window.tokenOf('nino');");
  });
  afterAll(() => site?.stop());

  /** Nino with the chat open at its end; a page of history comes when the gate lets it. */
  async function openWidget(gate: Gate, prepare?: (nino: Page) => Promise<unknown>): Promise<Page> {
    const nino = await windows.open(browser, 'about:blank');
    await nino.exposeFunction('tokenOf', (name: string) => tokenFor(server, name));
    await servePast(nino, { last: COUNT, make, onPage: gate.pass });
    await prepare?.(nino);
    await nino.goto(site.url);
    await nino.getByRole('button', { name: /^Open the chat/u }).click();
    await rows(nino).first().waitFor();
    await expect.poll(() => isInSight(nino, COUNT)).toBe(true);
    return nino;
  }

  it('opens at its end with few rows, and loads upward without a jump', async () => {
    const gate = new Gate();
    const nino = await openWidget(gate);
    expect(Math.max(...(await readUpward(nino, gate)))).toBeLessThanOrEqual(1);
    await expect.poll(() => rows(nino).count()).toBeLessThanOrEqual(MOST_ROWS);
  });

  it('fetches what keeps a place when one leaves the end, and again after that did not come', async () => {
    const gate = new Gate();
    const first = new Gate();
    const asked: string[] = [];
    const nino = await openWidget(gate, (page) =>
      page.route('**/parley-log-place-*', async (route) => {
        asked.push(route.request().url());
        if (asked.length > 1) return route.continue();
        await first.pass();
        return route.abort();
      }),
    );
    expect(asked).toEqual([]);
    await scrollTo(nino, 0);
    await expect.poll(() => first.count).toBe(1);
    // one request at a time, however one moves meanwhile
    for (const top of [60, 20, 40]) {
      await scrollTo(nino, top);
      await isStill(nino);
    }
    expect(asked).toHaveLength(1);
    first.open();
    await scrollTo(nino, 0);
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    expect(Math.max(...(await readUpward(nino, gate)))).toBeLessThanOrEqual(1);
  });
});

/** Whether a message stands within the log on the screen. */
const isInSight = (page: Page, seq: number) =>
  log(page).evaluate((box, wanted) => {
    const row = box.querySelector(`[data-seq="${wanted}"]`)?.getBoundingClientRect();
    const { top, bottom } = box.getBoundingClientRect();
    return row !== undefined && row.bottom > top && row.top < bottom;
  }, seq);

/** Whether two frames show the same. */
const isStill = (page: Page) =>
  log(page).evaluate(async (box) => {
    const placed = () => `${box.scrollTop} ${box.querySelector('[data-seq]')?.textContent ?? ''}`;
    const before = placed();
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return placed() === before;
  });
