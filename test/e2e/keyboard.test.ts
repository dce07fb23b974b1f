/** The whole story without a mouse: reached by Tab, seen while focused, left without a trap. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { hasFocus, tabTo } from '../support/focus.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, PHONE, Windows } from './people.ts';

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

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Tbilisi Ceramics' });
const chatButton = (page: Page) => page.getByRole('button', { name: 'Chat with vendor' });
const toolsOf = (page: Page, text: string) =>
  page
    .getByRole('log')
    .locator('.message')
    .filter({ hasText: text })
    .getByRole('button', { name: 'React, answer and more' });

/** Opens the chat of a product by its button, without a mouse. */
async function openChat(page: Page): Promise<void> {
  await chatButton(page).waitFor();
  await tabTo(page, chatButton(page));
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await expect.poll(() => hasFocus(composer(page))).toBe(true);
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await bubble(page, text).last().waitFor();
}

describe('a customer without a mouse', () => {
  it('skips to the products, opens one, and asks', async () => {
    const nino = await windows.open(browser, `${server.url}/?as=nino`);
    await nino.getByRole('list', { name: 'Products' }).waitFor();
    await nino.keyboard.press('Tab');
    await expect
      .poll(() => hasFocus(nino.getByRole('link', { name: 'Skip to the content' })))
      .toBe(true);
    await nino.keyboard.press('Enter');
    await expect.poll(() => hasFocus(nino.getByRole('main'))).toBe(true);
    await tabTo(nino, nino.getByRole('link', { name: /Blue bowl/u }));
    await nino.keyboard.press('Enter');
    await openChat(nino);
    await type(nino, 'Is it deep?');
    await expect.poll(() => hasFocus(composer(nino))).toBe(true);
  });

  it('reacts, answers and edits, and the focus comes back each time', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=giorgi`);
    await openChat(nino);
    await type(nino, 'The first words');
    await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    await tabTo(nino, toolsOf(nino, 'The first words'), 'Shift+Tab');
    await nino.keyboard.press('Enter');
    await tabTo(nino, nino.getByRole('button', { name: 'React with ❤️' }));
    await nino.keyboard.press('Enter');
    await nino.getByRole('button', { name: '❤️, 1 side' }).waitFor();
    await expect.poll(() => hasFocus(toolsOf(nino, 'The first words'))).toBe(true);

    await nino.keyboard.press('Enter');
    const first = nino.getByRole('button', { name: 'React with 👍' });
    await expect.poll(() => hasFocus(first)).toBe(true);
    await nino.keyboard.press('Escape');
    await first.waitFor({ state: 'detached' });
    await expect.poll(() => dialog(nino).isVisible()).toBe(true);
    await expect.poll(() => hasFocus(toolsOf(nino, 'The first words'))).toBe(true);

    await nino.keyboard.press('Enter');
    await tabTo(nino, nino.getByRole('button', { name: 'Reply', exact: true }));
    await nino.keyboard.press('Enter');
    await expect.poll(() => hasFocus(composer(nino))).toBe(true);
    await type(nino, 'An answer to myself');

    await nino.keyboard.press('ArrowUp');
    await nino.getByText('Editing your message').waitFor();
    await nino.keyboard.press('Escape');
    await nino.getByText('Editing your message').waitFor({ state: 'hidden' });
    await expect.poll(() => dialog(nino).isVisible()).toBe(true);
  });

  it.each([
    { where: 'beside the page', viewport: undefined },
    { where: 'over it on a phone', viewport: PHONE },
  ])('leaves the chat $where and is where it was opened', async ({ viewport }) => {
    const url = `${server.url}/product/blue-bowl?as=leila`;
    const leila = await windows.open(browser, url, viewport === undefined ? {} : { viewport });
    await openChat(leila);
    await leila.keyboard.press('Escape');
    await dialog(leila).waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(chatButton(leila))).toBe(true);
    await leila.keyboard.press('Enter');
    await tabTo(leila, leila.getByRole('button', { name: 'Close chat' }), 'Shift+Tab');
    await leila.keyboard.press('Enter');
    await dialog(leila).waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(chatButton(leila))).toBe(true);
  });

  it('walks out of the chat into the page: a popup beside it is no trap', async () => {
    const leila = await windows.open(browser, `${server.url}/product/blue-bowl?as=leila`);
    await openChat(leila);
    await tabTo(leila, leila.getByRole('link', { name: 'All products' }), 'Shift+Tab');
    await expect.poll(() => dialog(leila).isVisible()).toBe(true);
  });
});

describe('a vendor without a mouse', () => {
  it('finds the question, answers, notes something and closes the conversation', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    await openChat(nino);
    await type(nino, 'Do you ship to Batumi?');

    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    const row = ana.getByRole('list', { name: 'Conversations' }).getByRole('link').first();
    await row.getByText('Do you ship to Batumi?').waitFor();
    await tabTo(ana, row);
    await ana.keyboard.press('Enter');
    await bubble(ana, 'Do you ship to Batumi?').last().waitFor();
    await expect.poll(() => hasFocus(composer(ana))).toBe(true);
    await type(ana, 'We do, every Tuesday.');
    await bubble(nino, 'We do, every Tuesday.').last().waitFor();

    await tabTo(ana, ana.getByRole('textbox', { name: 'Write a note' }));
    await ana.keyboard.type('Ship on Tuesday');
    await tabTo(ana, ana.getByRole('button', { name: 'Add the note' }));
    await ana.keyboard.press('Enter');
    await ana.getByRole('listitem').getByText('Ship on Tuesday').waitFor();

    const close = ana.getByRole('button', { name: 'Close the conversation' });
    await tabTo(ana, close, 'Shift+Tab');
    await ana.keyboard.press('Enter');
    await ana.getByRole('log').getByText('Conversation closed').waitFor();
    const reopen = ana.getByRole('button', { name: 'Open the conversation again' });
    await expect.poll(() => hasFocus(reopen)).toBe(true);
  });

  it('reaches every section of the settings', async () => {
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await ana.getByRole('link', { name: 'Settings' }).waitFor();
    await tabTo(ana, ana.getByRole('link', { name: 'Settings' }));
    await ana.keyboard.press('Enter');
    const sections = ana.getByRole('navigation', { name: 'Sections' });
    await sections.waitFor();
    const names = await sections.getByRole('link').allInnerTexts();
    expect(names).toHaveLength(5);
    for (const name of names) {
      await tabTo(ana, sections.getByRole('link', { name, exact: true }));
      await ana.keyboard.press('Enter');
      await ana.getByRole('heading', { level: 2, name }).waitFor();
    }
  });
});
