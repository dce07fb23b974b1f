/** Several windows and small ones: keyboard only, a phone with its back button, two tabs of one person, a burst. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, openRoomOf, PHONE, texts, Windows, write } from './people.ts';

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

const openWindow = (path: string, options?: Parameters<Windows['open']>[2]) =>
  windows.open(browser, `${server.url}${path}`, options);

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

describe('with the keyboard alone', () => {
  it('one opens the chat, writes, and is back where one was', async () => {
    const nino = await openWindow('/product/blue-bowl?as=nino');
    const errors = collectErrors(nino);
    await nino.getByRole('button', { name: 'Chat with vendor' }).focus();
    await nino.keyboard.press('Enter');
    await nino.getByRole('log').waitFor();
    await nino.keyboard.type('First line');
    await nino.keyboard.press('Shift+Enter');
    await nino.keyboard.type('second line');
    await nino.keyboard.press('Enter');
    await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    await expect.poll(() => texts(nino)).toEqual(['First line\nsecond line']);
    await nino.keyboard.press('Escape');
    await nino.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(nino)).toBe('Chat with vendor');

    const ana = await openWindow('/inbox?as=ana');
    errors.push(...collectErrors(ana));
    const row = ana.getByRole('link', { name: /Nino/u });
    await row.focus();
    await ana.keyboard.press('Enter');
    // the row's preview has the same words
    await ana.getByRole('log').getByText('second line').waitFor();
    await ana.keyboard.type('Read by keyboard');
    await ana.keyboard.press('Enter');
    await bubble(ana, 'Read by keyboard').waitFor();
    expect(errors).toEqual([]);
  });
});

describe('on a phone', () => {
  it('the back button closes the chat, and leads from a room to the list', async () => {
    const nino = await openWindow('/product/blue-bowl?as=giorgi', { viewport: PHONE });
    await openChat(nino);
    await write(nino, 'From a phone');
    await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    await nino.goBack();
    await nino.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(nino.url()).pathname).toBe('/product/blue-bowl');
    await expect.poll(() => focused(nino)).toBe('Chat with vendor');

    const ana = await openWindow('/inbox?as=ana', { viewport: PHONE });
    await openRoomOf(ana, 'Giorgi');
    await bubble(ana, 'From a phone').waitFor();
    expect(await ana.getByRole('list', { name: 'Conversations' }).isVisible()).toBe(false);
    await ana.goBack();
    await ana.getByRole('list', { name: 'Conversations' }).waitFor();
    await expect.poll(() => focused(ana)).toContain('Giorgi');
  });

  it('a room opens at its end, and stays there when the composer grows', async () => {
    const nino = await openWindow('/product/blue-bowl?as=giorgi', { viewport: PHONE });
    await openChat(nino);
    for (const line of Array.from({ length: 12 }, (_, index) => `Line ${index + 1}`)) {
      await write(nino, `${line}\n…`);
    }
    await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    const ana = await openWindow('/inbox?as=ana', { viewport: PHONE });
    await openRoomOf(ana, 'Giorgi');
    const fromEnd = () =>
      ana
        .locator('.log__scroll')
        .evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
    await ana.getByText('Asks about').waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
    await ana.getByRole('textbox', { name: 'Message' }).fill('one\ntwo\nthree\nfour\nfive');
    await expect.poll(fromEnd).toBeLessThan(2);
    expect(await ana.getByRole('button', { name: /Go to/u }).count()).toBe(0);
  });
});

describe('two tabs of one person', () => {
  it('show the same, once', async () => {
    const first = await openWindow('/product/blue-bowl?as=leila');
    const second = await openWindow('/product/blue-bowl?as=leila', { tabOf: first });
    await openChat(first);
    await openChat(second);
    await write(first, 'From the first');
    await bubble(second, 'From the first').waitFor();
    await write(second, 'From the second');
    await bubble(first, 'From the second').waitFor();
    await second.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    expect(await texts(first)).toEqual(['From the first', 'From the second']);
    expect(await texts(second)).toEqual(['From the first', 'From the second']);
  });
});

describe('a burst above the rate limit', () => {
  it('arrives whole and in order, and the sender sees it wait', async () => {
    const nino = await openWindow('/product/walnut-board?as=giorgi');
    await nino.getByRole('button', { name: 'Chat with vendor' }).click();
    await nino.getByRole('log').waitFor();
    const burst = Array.from({ length: 26 }, (_, index) => `Burst ${index + 1}`);
    const field = nino.getByRole('textbox', { name: 'Message' });
    for (const text of burst) {
      await field.fill(text);
      await field.press('Enter');
    }
    await nino.getByText('Sending').last().waitFor();
    const davit = await openWindow('/inbox?as=davit');
    await openRoomOf(davit, 'Giorgi');
    await bubble(davit, 'Burst 26').waitFor();
    expect(await texts(davit)).toEqual(burst);
  });
});
