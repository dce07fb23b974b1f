/** axe finds nothing on any screen, in any state, light and dark, on a phone and on a desktop, in both directions of writing; nothing scrolls sideways, is cut off, or moves. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { startBrowser } from '../support/browser.ts';
import { layoutFaults } from '../support/layout.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { spokenIn } from '../support/spoken.ts';
import { DESKTOP, PHONE, Windows } from './people.ts';
import { type Look, openWindow, say } from './screens/stage.ts';
import { WALKS } from './screens/walks.ts';

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
  { language: 'en', viewport: PHONE, screen: 'a phone' },
  { language: 'en', viewport: DESKTOP, screen: 'a desktop' },
  { language: 'ar', viewport: PHONE, screen: 'a phone' },
] as const)('on $screen in $language', ({ language, viewport }) => {
  it.each(Object.entries(WALKS))('nothing is wrong in the %s', async (_, walk) => {
    const words = await spokenIn(language);
    const found: Record<string, string[]> = {};
    let looks = 0;
    const look: Look = async (page, state) => {
      looks += 1;
      // dark changes the colours alone
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await axeFindings(page, 'colours');
      await page.emulateMedia({ colorScheme: 'light' });
      const all = [
        ...dark.map((line) => `dark: ${line}`),
        ...(await axeFindings(page)),
        ...(await layoutFaults(page)),
      ];
      if (all.length > 0) found[state] = all;
    };
    await walk({ browser, url: server.url, windows, language, words, viewport }, look);
    expect(looks).toBeGreaterThan(2);
    expect(found).toEqual({});
  });
});

describe('in the colours that a reader forces on every page', () => {
  it('edges say what is chosen and whose words are whose', async () => {
    const words = await spokenIn('en');
    const stage = {
      browser,
      url: server.url,
      windows,
      language: 'en',
      words,
      viewport: DESKTOP,
    } as const;
    const nino = await openWindow(stage, { path: '/product/blue-bowl', as: 'nino', stranger: {} });
    await nino.emulateMedia({ forcedColors: 'active' });
    await nino.getByRole('button', { name: words.launch.chat }).click();
    await say(nino, stage, 'Can you see the edges?');
    const bubble = nino.locator('.bubble');
    // it is drawn anew when it is stored
    await expect
      .poll(() => bubble.evaluate((node) => getComputedStyle(node).borderStyle))
      .toBe('solid');
    const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
    await ana.emulateMedia({ forcedColors: 'active' });
    const chosen = ana.getByRole('button', { name: words.inbox.filter.waiting });
    await expect
      .poll(() => chosen.evaluate((node) => getComputedStyle(node).outlineStyle))
      .toBe('solid');
  });
});
