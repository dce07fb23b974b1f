/** The story in other languages: Arabic from the right, Georgian on a phone, and German, whose words are long. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { layoutFaults } from '../support/layout.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { spokenIn } from '../support/spoken.ts';
import { bubble, DESKTOP, PHONE, Windows } from './people.ts';
import { composer, isStored, openWindow, say, type Stage } from './screens/stage.ts';
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

async function stageIn(language: Stage['language'], viewport = DESKTOP): Promise<Stage> {
  const words = await spokenIn(language);
  return { browser, url: server.url, windows, language, words, viewport };
}

/** A customer who was never here, with the chat of the blue bowl open. */
async function openChat(stage: Stage): Promise<Page> {
  const page = await openWindow(stage, { path: '/product/blue-bowl', as: 'leila', stranger: {} });
  await page.getByRole('button', { name: stage.words.launch.chat }).click();
  await page.getByRole('dialog', { name: 'Tbilisi Ceramics' }).waitFor();
  return page;
}

/** Opens the room that these words came to. */
async function openRoom(stage: Stage, text: string): Promise<Page> {
  const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
  const rooms = ana.getByRole('list', { name: stage.words.inbox.conversations });
  await rooms.getByText(text).first().click();
  await bubble(ana, text).last().waitFor();
  return ana;
}

/** The middle of an element, in pixels from the left. */
async function middleOf(element: Locator): Promise<number> {
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${String(element)} is not on the screen.`);
  return box.x + box.width / 2;
}

describe('in Arabic', () => {
  it('the story reads from the right, and each message in its own direction', async () => {
    const stage = await stageIn('ar');
    const leila = await openChat(stage);
    const html = leila.locator('html');
    expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([
      'ar',
      'rtl',
    ]);
    await expect.poll(() => middleOf(leila.getByRole('dialog'))).toBeLessThan(DESKTOP.width / 2);
    await say(leila, stage, 'هل هو عميق؟');
    await isStored(leila, stage);
    const ana = await openRoom(stage, 'هل هو عميق؟');
    await say(ana, stage, 'Nine centimetres.');
    await bubble(leila, 'Nine centimetres.').waitFor();

    const own = await middleOf(bubble(leila, 'هل هو عميق؟'));
    const other = await middleOf(bubble(leila, 'Nine centimetres.'));
    expect(own).toBeLessThan(other);
    const directions = await Promise.all(
      ['هل هو عميق؟', 'Nine centimetres.'].map((text) =>
        bubble(leila, text).evaluate((node) => getComputedStyle(node).direction),
      ),
    );
    expect(directions).toEqual(['rtl', 'ltr']);
    const send = leila.getByRole('button', { name: stage.words.customer.conversation.send });
    expect(await middleOf(send)).toBeLessThan(await middleOf(composer(leila, stage)));
    const arrow = send.locator('svg');
    await expect
      .poll(() => arrow.evaluate((node) => getComputedStyle(node).transform))
      .toContain('-1');

    const list = ana.getByRole('list', { name: stage.words.inbox.conversations });
    expect(await middleOf(list)).toBeGreaterThan(await middleOf(ana.getByRole('log')));
  });
});

describe('in Georgian', () => {
  it('the story is told on a phone, dates and counts included', async () => {
    const stage = await stageIn('ka', PHONE);
    const nino = await openChat(stage);
    await say(nino, stage, 'გამარჯობა! რამდენი სანტიმეტრია?');
    await isStored(nino, stage);
    const ana = await openRoom(stage, 'გამარჯობა! რამდენი სანტიმეტრია?');
    await say(ana, stage, 'ცხრა სანტიმეტრი.');
    await bubble(nino, 'ცხრა სანტიმეტრი.').waitFor();
    const today = new Intl.RelativeTimeFormat('ka', { numeric: 'auto' }).format(0, 'day');
    await expect
      .poll(() => nino.getByRole('log').getByText(today, { exact: true }).isVisible())
      .toBe(true);
    const words = await nino.getByRole('log').innerText();
    expect(words).toContain('45,00');
    expect(words).not.toMatch(/\b(?:AM|PM|today|undefined)\b/iu);
  });
});

describe('the choice of a language', () => {
  it('turns the page at once, and outlives a reload', async () => {
    const stage = await stageIn('ka');
    const page = await openWindow(stage, { path: '/', as: 'nino' });
    await page.getByRole('combobox', { name: stage.words.shop.language }).selectOption('ar');
    const arabic = await spokenIn('ar');
    await page.getByText(arabic.shop.intro).waitFor();
    await page.reload();
    await page.getByText(arabic.shop.intro).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
  });

  it('is the browser’s where nobody chose', async () => {
    const context = await browser.newContext({ locale: 'de-AT' });
    const page = await context.newPage();
    await page.goto(server.url);
    const german = await spokenIn('de');
    await page.getByText(german.shop.intro).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
    await context.close();
  });
});

describe('in German, on the narrowest phone', () => {
  it.each(Object.entries(WALKS))('nothing is cut off in the %s', async (_, walk) => {
    const found: Record<string, string[]> = {};
    await walk(await stageIn('de', PHONE), async (page, state) => {
      const faults = await layoutFaults(page);
      if (faults.length > 0) found[state] = faults;
    });
    expect(found).toEqual({});
  });
});
