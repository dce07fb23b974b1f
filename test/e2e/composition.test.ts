/** Writing that is composed, as Japanese is: Enter accepts what is composed, and sends nothing of it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openRoomOf, texts, Windows } from './people.ts';

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

const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });

/** What the input method shows while one types, with the Enter that accepts it: the key goes to the page too. */
async function compose(page: Page, steps: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (const text of steps) {
    const end = text.length;
    await devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: end,
      selectionEnd: end,
    });
  }
  // a press of Playwright's would type a line break as well
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await devtools.send('Input.insertText', { text: steps.at(-1) ?? '' });
  await devtools.detach();
}

/** Whether the keys that come in belong to a composition, as the page sees them. */
const watchKeys = (page: Page) =>
  page.evaluate(() => {
    const keys: boolean[] = [];
    Object.assign(window, { keys });
    addEventListener('keydown', (event) => keys.push(event.isComposing), { capture: true });
  });
const keysOf = (page: Page) => page.evaluate(() => 'keys' in window && window.keys);

describe.each([
  ['the popup', '/product/blue-bowl?as=nino', 'Chat with vendor'],
  ['the widget', '/widget/example.html?as=leila', /^Open the chat/u],
])('in %s', (_, path, launcher) => {
  it('an Enter of the input method sends nothing, and the next one does', async () => {
    const page = await windows.open(browser, `${server.url}${path}`);
    await page.getByRole('button', { name: launcher }).click();
    await page.getByRole('log').waitFor();
    await field(page).focus();
    await watchKeys(page);
    await compose(page, ['n', 'に', 'にほん', '日本']);
    expect(await keysOf(page)).toEqual([true]);
    expect(await field(page).inputValue()).toBe('日本');
    expect(await texts(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await bubble(page, '日本').waitFor();
    expect(await texts(page)).toEqual(['日本']);
    expect(await field(page).inputValue()).toBe('');
  });
});

describe('in the inbox', () => {
  it('an Enter of the input method sends nothing either, and no letter of it is a shortcut', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    await nino.getByRole('button', { name: 'Chat with vendor' }).click();
    await field(nino).fill('Konnichiwa');
    await field(nino).press('Enter');
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Nino');
    await bubble(ana, 'Konnichiwa').waitFor();
    const before = await texts(ana);
    await field(ana).focus();
    await compose(ana, ['/', 'k', 'こ', 'こんにちは']);
    expect(await texts(ana)).toEqual(before);
    await expect.poll(() => field(ana).inputValue()).toBe('こんにちは');
    await ana.keyboard.press('Enter');
    await bubble(ana, 'こんにちは').waitFor();
  });
});
