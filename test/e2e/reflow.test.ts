/** Who enlarges a page to twice its size, or sets its words wider apart, loses nothing of it (WCAG 2.2, 1.4.4, 1.4.10 and 1.4.12). */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { layoutFaults, spacingFaults } from '../support/layout.ts';
import type { LocalServer } from '../support/server.ts';
import { spokenIn } from '../support/spoken.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { DESKTOP, Windows } from './people.ts';
import { WALKS } from './screens/walks.ts';

/** A desktop's screen has half as many pixels of the page when it is zoomed to 200 %. */
const ZOOMED = { width: DESKTOP.width / 2, height: DESKTOP.height / 2 };

let server: LocalServer;
let browser: Browser;
const windows = new Windows();

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each([
  { what: 'at twice the size', viewport: ZOOMED, faultsOf: layoutFaults },
  { what: 'with its words wider apart', viewport: DESKTOP, faultsOf: spacingFaults },
])('$what', ({ viewport, faultsOf }) => {
  it.each(Object.entries(WALKS))('nothing is lost in the %s', async (_, walk) => {
    const words = await spokenIn('en');
    const found: Record<string, string[]> = {};
    let looks = 0;
    const stage = { browser, url: server.url, windows, language: 'en', words, viewport } as const;
    await walk(stage, async (page, state) => {
      looks += 1;
      const faults = await faultsOf(page);
      if (faults.length > 0) found[state] = faults;
    });
    expect(looks).toBeGreaterThan(2);
    expect(found).toEqual({});
  });
});
