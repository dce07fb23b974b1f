/** The widget on a plain page, from source as `npm start` serves it: it opens, carries a conversation, and leaves no trace. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openRoomOf, PHONE, Windows, write } from './people.ts';

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

const openPage = (as: string, options?: Parameters<Windows['open']>[2]) =>
  windows.open(browser, `${server.url}/widget/example.html?as=${as}`, options);

const launcher = (page: Page) => page.getByRole('button', { name: /^Open the chat/u });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Tbilisi Ceramics' });
const isStored = (page: Page) => page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();

/** Collects what the page hears, as `name detail`. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['open', 'close', 'message', 'unread', 'error']) {
      addEventListener(`parley:${name}`, (event) => {
        const detail: unknown = event instanceof CustomEvent ? event.detail : null;
        heard.push(`${name} ${JSON.stringify(detail)}`);
      });
    }
  });

const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => ('heard' in window && Array.isArray(window.heard) ? window.heard : []));

/** Where the focus is, through the shadow root. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement;
    return `${outer?.localName ?? ''} ${inner?.className ?? ''}`.trim();
  });

/** What has the focus in the widget as soon as something stands there, before it can be seen. */
const focusedWith = (page: Page, selector: string): Promise<string> =>
  page.locator('parley-chat').evaluate(
    (widget, wanted) =>
      new Promise((resolve) => {
        const root = widget.shadowRoot;
        if (root === null) throw new Error('The widget has no open shadow root.');
        const options = { attributes: true, childList: true, subtree: true };
        new MutationObserver((_, observer) => {
          if (root.querySelector(wanted) === null) return;
          observer.disconnect();
          resolve(root.activeElement?.className ?? '');
        }).observe(root, options);
      }),
    selector,
  );

describe('the widget on a plain page', () => {
  it('asks nothing of the network before it is touched', async () => {
    const page = await openPage('nino');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await launcher(page).waitFor();
    await page.reload();
    await launcher(page).waitFor();
    expect(asked.filter((path) => /^\/(?:v1|ws|local)\b|panel/u.test(path))).toEqual([]);
    expect(asked).not.toEqual([]);
  });

  it('carries a conversation, counts what comes while it is closed, and gives the focus back', async () => {
    const nino = await openPage('nino');
    const errors = collectErrors(nino);
    await listen(nino);
    await launcher(nino).click();
    await dialog(nino).waitFor();
    await write(nino, 'Is it dishwasher safe?');
    await isStored(nino);
    await nino.keyboard.press('Escape');
    await dialog(nino).waitFor({ state: 'detached' });
    await expect.poll(() => focused(nino)).toBe('parley-chat launch');

    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Nino');
    await bubble(ana, 'Is it dishwasher safe?').waitFor();
    await write(ana, 'Yes, it is.');
    await nino.getByRole('button', { name: 'Open the chat, 1 unread' }).waitFor();
    const events = await heard(nino);
    expect(events).toContain('unread {"count":1}');
    expect(events.filter((event) => event.includes('Yes, it is.'))).toHaveLength(1);

    await nino.getByRole('button', { name: 'Ask about the bowl' }).click();
    await bubble(nino, 'Yes, it is.').waitFor();
    await expect.poll(() => heard(nino)).toContain('unread {"count":0}');
    await nino.getByRole('button', { name: 'Close chat' }).click();
    await dialog(nino).waitFor({ state: 'detached' });
    await expect.poll(() => focused(nino)).toBe('parley-button pill');
    expect(errors).toEqual([]);
  });

  it('has the keyboard in its field when it is seen, and when a message is being answered', async () => {
    const nino = await openPage('nino');
    const shown = focusedWith(nino, 'dialog[open] textarea');
    await launcher(nino).click();
    expect(await shown).toBe('composer__input');
    await write(nino, 'Is it oven safe?');
    await isStored(nino);
    const tools = nino.getByRole('log').getByRole('button', { name: 'React, answer and more' });
    await tools.last().click();
    const answering = focusedWith(nino, '.composing');
    await nino.getByRole('button', { name: 'Reply', exact: true }).click();
    expect(await answering).toBe('composer__input');
  });

  it('counts without a touch where it is not lazy, until a logout', async () => {
    const nino = await openPage('nino');
    await launcher(nino).click();
    await write(nino, 'Do you ship on Sundays?');
    await isStored(nino);
    await nino.close();
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Nino');
    await write(ana, 'On Mondays.');
    await isStored(ana);

    const again = await openPage('nino');
    const setLazy = () =>
      again.evaluate(() => document.querySelector('parley-chat')?.setAttribute('lazy', 'false'));
    await setLazy();
    await again.getByRole('button', { name: 'Open the chat, 1 unread' }).waitFor();
    await again.getByRole('button', { name: 'Log out' }).click();
    await again.getByRole('button', { name: 'Open the chat', exact: true }).waitFor();
    const asked: string[] = [];
    again.on('request', (request) => asked.push(request.url()));
    await setLazy();
    await again.waitForTimeout(500);
    expect(asked).toEqual([]);
  });

  it('takes a suggestion for a message, once', async () => {
    const page = await openPage('leila');
    await launcher(page).waitFor();
    await page.evaluate(() => {
      const chat: Element & { showNewMessage?: (text: string) => void } =
        document.querySelector('parley-chat') ?? document.body;
      chat.showNewMessage?.('Is this in stock?');
    });
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.waitFor();
    await expect.poll(() => field.inputValue()).toBe('Is this in stock?');
    await field.fill('My own words');
    await page.keyboard.press('Escape');
    await launcher(page).click();
    await field.waitFor();
    await expect.poll(() => field.inputValue()).toBe('My own words');
  });

  it('follows its attributes while it runs', async () => {
    const page = await openPage('leila');
    await launcher(page).waitFor();
    const looks = () =>
      launcher(page).evaluate((button) => {
        const { left, bottom } = button.getBoundingClientRect();
        const colour = getComputedStyle(button).backgroundColor;
        return { left, fromBottom: innerHeight - bottom, colour };
      });
    await page.evaluate(() => {
      const chat = document.querySelector('parley-chat');
      chat?.setAttribute('position', 'start');
      chat?.setAttribute('offset', '10 90');
      chat?.setAttribute('accent', '#0a7d55');
      chat?.removeAttribute('greeting');
    });
    await expect.poll(looks).toEqual({ left: 10, fromBottom: 90, colour: 'rgb(10, 125, 85)' });
    await page.evaluate(() => {
      document.querySelector('parley-chat')?.setAttribute('theme', 'dark');
    });
    await launcher(page).click();
    await dialog(page).waitFor();
    const ground = () => dialog(page).evaluate((box) => getComputedStyle(box).backgroundColor);
    await expect.poll(ground).toBe('rgb(33, 28, 25)');
    await page.evaluate(() => {
      document.querySelector('parley-chat')?.setAttribute('theme', 'light');
    });
    await expect.poll(ground).toBe('rgb(255, 255, 255)');
  });

  it('goes on with what is being answered where the page comes to another product', async () => {
    const page = await openPage('leila');
    await launcher(page).click();
    await write(page, 'Which glaze is it?');
    await isStored(page);
    const row = page.getByRole('log').locator('.message').last();
    await row.hover();
    await row.getByRole('button', { name: 'React, answer and more' }).click();
    await row.getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Replying to You').waitFor();
    await page.keyboard.type('And ');
    await page.evaluate(() => {
      const product = { id: 'p-9', title: 'Tall vase', url: 'https://shop.example/p/9' };
      document.querySelector('parley-chat')?.setAttribute('product', JSON.stringify(product));
    });
    // attributes are read in their own time
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await page.keyboard.type('of this one?');
    await page.getByText('Replying to You').waitFor();
    const field = page.getByRole('textbox', { name: 'Message' });
    expect(await field.inputValue()).toBe('And of this one?');
    const asked = dialog(page).locator('.composer').getByText('Tall vase');
    await page.keyboard.press('Escape');
    await asked.waitFor();
    await page.keyboard.press('Enter');
    await bubble(page, 'And of this one?').waitFor();
    await expect.poll(() => asked.count()).toBe(0);
    await page.getByRole('log').getByText('Tall vase').waitFor();
  });

  it('fills a phone', async () => {
    const page = await openPage('leila', { viewport: PHONE });
    await launcher(page).click();
    await dialog(page).waitFor();
    // it grows into place, unless motion is unwelcome
    await expect.poll(() => dialog(page).boundingBox()).toEqual({ x: 0, y: 0, ...PHONE });
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('parley-chat launch');
  });

  it('leaves nothing behind after a logout, not even what was not sent', async () => {
    const page = await openPage('giorgi');
    await launcher(page).click();
    await write(page, 'A first one');
    await isStored(page);
    await page.context().setOffline(true);
    await write(page, 'Written offline');
    await bubble(page, 'Written offline').waitFor();
    await page.getByRole('button', { name: 'Close chat' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.context().setOffline(false);
    await launcher(page).click();
    await bubble(page, 'A first one').waitFor();
    expect(await bubble(page, 'Written offline').count()).toBe(0);
  });
});

describe('the widget on a React page', () => {
  it('takes properties, tells by events, and comes and goes with its component', async () => {
    const page = await windows.open(browser, `${server.url}/widget/example-react.html?as=giorgi`);
    const errors = collectErrors(page);
    const asked = dialog(page).locator('.composer').getByText('Blue bowl');
    await page.getByRole('button', { name: 'Ask about it' }).click();
    await asked.waitFor();
    await page.getByRole('button', { name: 'Tall vase' }).click();
    await dialog(page).locator('.composer').getByText('Tall vase').waitFor();
    await expect.poll(() => asked.count()).toBe(0);
    await page.getByRole('button', { name: 'Another theme' }).click();
    const ground = () => dialog(page).evaluate((box) => getComputedStyle(box).backgroundColor);
    await expect.poll(ground).toBe('rgb(33, 28, 25)');
    await write(page, 'From React');
    await isStored(page);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });

    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Giorgi');
    await bubble(ana, 'From React').waitFor();
    await write(ana, 'To React');
    await page.getByText('Unread: 1').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await launcher(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Open the chat, 1 unread' }).click();
    await bubble(page, 'To React').waitFor();
    expect(errors).toEqual([]);
  });
});
