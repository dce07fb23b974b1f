/** The widget when everything goes wrong: no network, a failing API, no storage, tokens that are none, hostile attributes; and a logout that leaves nothing. */
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import {
  type EmbeddingSite,
  startEmbeddingSite,
  type WidgetAttributes,
} from '../support/embedding-site.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { DESKTOP, tokenFor } from './people.ts';

let server: LocalServer;
let browser: Browser;
let shop: EmbeddingSite;

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
  shop = await startEmbeddingSite(server);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  shop?.stop();
});

const CELLAR = { vendor: '7', 'vendor-name': 'Cellar' };

interface Opening {
  attributes?: WidgetAttributes;
  /** Before the page itself. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
  /** The page's token callback, as an expression. */
  tokens?: string;
}

async function openShop({
  attributes = {},
  prepare,
  tokens = "() => window.tokenOf('nino')",
}: Opening = {}): Promise<Page> {
  shop.show([{ ...CELLAR, ...attributes }]);
  shop.run(`
    window.heard = [];
    for (const name of ['open', 'close', 'error', 'unread']) {
      addEventListener('parley:' + name, ({ detail }) => window.heard.push([name, detail]));
    }
    document.querySelector('parley-chat').tokenProvider = ${tokens};`);
  const context = await browser.newContext({ viewport: DESKTOP });
  await context.exposeFunction('tokenOf', (name: string) => tokenFor(server, name));
  await prepare?.(context);
  const page = await context.newPage();
  await page.goto(shop.url);
  return page;
}

const launcher = (page: Page) => page.getByRole('button', { name: /^Open the chat/u });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Cellar' });
const heard = (page: Page): Promise<[name: string, detail: unknown][]> =>
  page.evaluate(() => (window as unknown as { heard: [string, unknown][] }).heard);

async function chat(page: Page, text: string): Promise<void> {
  await dialog(page).getByRole('textbox', { name: 'Message' }).fill(text);
  await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
  await dialog(page).getByRole('log').getByText(text, { exact: true }).waitFor();
  await dialog(page)
    .getByText(/^(Sent|Delivered|Read)$/u)
    .waitFor();
}

describe('bad luck', () => {
  it('of no network at the first touch is told at the launcher, which tries again', async () => {
    const page = await openShop();
    await launcher(page).waitFor();
    await page.route('**/parley-*', (route) => route.abort());
    await launcher(page).click();
    await page.getByRole('status').getByText('The chat could not be loaded. Try again.').waitFor();
    const names = (await heard(page)).map(([name]) => name);
    expect(names).toEqual(['open', 'error', 'close']);
    await page.unroute('**/parley-*');
    await launcher(page).click();
    await chat(page, 'There you are');
    expect(await page.getByText('could not be loaded').count()).toBe(0);
  });

  it('of no network is told where the page has a button of its own', async () => {
    const page = await openShop({ attributes: { launcher: 'none' } });
    const press = () =>
      page.evaluate(() => {
        const widget: Element & { open?: () => void } =
          document.querySelector('parley-chat') ?? document.body;
        widget.open?.();
      });
    await page.route('**/parley-*', (route) => route.abort());
    await press();
    await page.getByRole('status').getByText('The chat could not be loaded. Try again.').waitFor();
    expect(await launcher(page).count()).toBe(0);
    await page.unroute('**/parley-*');
    await press();
    await chat(page, 'There you are, too');
  });

  it.each<[string, (route: Route) => Promise<void>]>([
    ['does not come', (route) => route.abort()],
    ['never ends coming', () => new Promise(() => {})],
  ])('of a part for other tabs that %s costs no message', async (how, answer) => {
    const page = await openShop();
    await page.route('**/parley-sharing-*', answer);
    const errors = collectErrors(page);
    await launcher(page).click();
    await chat(page, `Although it ${how}`);
    expect(errors.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  });

  it('of tools whose words do not come takes another press', async () => {
    const page = await openShop();
    await launcher(page).click();
    await chat(page, 'Something to change');
    const log = dialog(page).getByRole('log');
    const tools = log.getByRole('button', { name: 'React, answer and more' }).last();
    await page.route('**/parley-seldom-*', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await tools.click();
    await failed;
    expect(await log.getByRole('toolbar').count()).toBe(0);
    await tools.click();
    await page.unroute('**/parley-seldom-*');
    await tools.click();
    await log.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
    await dialog(page).getByText('Editing your message').waitFor();
  });

  it('of an API that answers 500 is told in the chat, which recovers', async () => {
    const page = await openShop();
    await page.route(`${server.url}/v1/**`, (route) =>
      route.fulfill({ status: 500, body: 'no', headers: { 'access-control-allow-origin': '*' } }),
    );
    await launcher(page).click();
    await dialog(page).getByText('The messages did not come').waitFor();
    await page.unroute(`${server.url}/v1/**`);
    await dialog(page).getByRole('button', { name: 'Try again' }).click();
    await chat(page, 'After the storm');
    expect(await dialog(page).getByText('The messages did not come').count()).toBe(0);
  });

  it('of forbidden storage costs nothing that one sees', async () => {
    const page = await openShop({
      prepare: (context) =>
        context.addInitScript(() => {
          for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
            Object.defineProperty(window, name, {
              get: () => {
                throw new DOMException('Forbidden here.', 'SecurityError');
              },
            });
          }
        }),
    });
    const errors = collectErrors(page);
    await launcher(page).click();
    await chat(page, 'Without a trace');
    expect(errors).toEqual([]);
  });

  it('of a clock that is hours wrong changes nothing', async () => {
    const page = await openShop({
      prepare: (context) =>
        context.addInitScript(() => {
          const real = Date.now;
          Date.now = () => real() - 7 * 3_600_000;
        }),
    });
    await launcher(page).click();
    await chat(page, 'What time is it?');
    expect(await dialog(page).getByRole('alert').count()).toBe(0);
  });

  it.each([
    ['throws', "() => { throw new Error('signed out') }", 'The messages did not come'],
    ['rejects', "() => Promise.reject(new Error('signed out'))", 'The messages did not come'],
    ['brings a number', '() => 42', 'You are signed out of the chat.'],
    ['brings nothing', "async () => ''", 'You are signed out of the chat.'],
  ])('of a token callback that %s is told, with a way on', async (_, tokens, words) => {
    const page = await openShop({ tokens });
    const errors = collectErrors(page);
    await launcher(page).click();
    await dialog(page).getByText(words).waitFor();
    await page.evaluate(() => {
      const widget: (Element & { tokenProvider?: () => unknown }) | null =
        document.querySelector('parley-chat');
      if (widget === null) return;
      widget.tokenProvider = () =>
        (window as unknown as { tokenOf: (name: string) => unknown }).tokenOf('nino');
    });
    await dialog(page).getByRole('button', { name: 'Try again' }).first().click();
    await chat(page, `It ${tokens.length}`);
    expect(errors).toEqual([]);
  });

  it('of addresses that are none is told before anything is loaded', async () => {
    const page = await openShop({ attributes: { api: 'javascript:alert(1)' } });
    const errors = collectErrors(page);
    await launcher(page).click();
    await page.getByRole('status').getByText('The chat could not be loaded. Try again.').waitFor();
    // mended in the same task in which it is opened, as `<parley-button>` does it
    await page.evaluate((api) => {
      const widget: (Element & { open?: () => void }) | null =
        document.querySelector('parley-chat');
      widget?.setAttribute('api', api);
      widget?.open?.();
    }, `${server.url}/v1`);
    await chat(page, 'At the right address');
    expect(errors).toEqual([]);
  });
});

describe('hostile attributes', () => {
  it('are words, and nothing else', async () => {
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const product = { id: '1', title: evil, url: 'javascript:window.hacked=1', image: evil };
    const page = await openShop({
      attributes: {
        'vendor-name': evil,
        greeting: evil,
        product: JSON.stringify(product),
        accent: 'red;}*{display:none',
        offset: '1;}*{display:none}',
      },
    });
    await page.getByText(evil).waitFor();
    await launcher(page).click();
    await page.getByRole('dialog', { name: evil }).getByRole('textbox').waitFor();
    expect(await page.locator('a[href^="javascript"], img[src="x"]').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    const texts = (await heard(page)).map(([, detail]) => JSON.stringify(detail)).join(' ');
    for (const name of ['product', 'accent', 'offset']) expect(texts).toContain(`${name}=`);
  });
});

describe('a page that takes the chat out and puts it back', () => {
  it('loses nothing that was written', async () => {
    const page = await openShop();
    await launcher(page).click();
    await chat(page, 'Before the other page');
    await page.context().setOffline(true);
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('Written offline');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).getByText('Written offline').last().waitFor();
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('A half sentence');
    await page.evaluate(async () => {
      const widget = document.querySelector('parley-chat');
      widget?.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (widget) document.body.append(widget);
    });
    await page.context().setOffline(false);
    await launcher(page).click();
    const log = dialog(page).getByRole('log');
    await log.getByText('Before the other page').waitFor();
    await log.getByText('Written offline').waitFor();
    await dialog(page)
      .getByText(/^(Sent|Delivered|Read)$/u)
      .waitFor();
    const field = dialog(page).getByRole('textbox', { name: 'Message' });
    expect(await field.inputValue()).toBe('A half sentence');
  });
});

const logOut = (page: Page) =>
  page.evaluate(() => {
    const widget: Element & { logout?: () => void } =
      document.querySelector('parley-chat') ?? document.body;
    widget.logout?.();
  });

const NO_TRACES = { stored: [], databases: [], drawn: 0, text: false };

const tracesIn = (page: Page) =>
  page.evaluate(async () => {
    const root = document.querySelector('parley-chat')?.shadowRoot;
    return {
      stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      databases: (await indexedDB.databases()).map(({ name }) => name),
      drawn: root?.querySelector('.host')?.childElementCount,
      text: document.documentElement.outerHTML.includes('secret'),
    };
  });

describe('a logout', () => {
  it('leaves no trace in storage, network or page', async () => {
    const page = await openShop();
    const sockets: { isClosed(): boolean }[] = [];
    page.on('websocket', (socket) => sockets.push(socket));
    await launcher(page).click();
    await chat(page, 'Before I go');
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('A secret draft');
    await page.context().setOffline(true);
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).getByText('A secret draft').last().waitFor();
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('A secret rest');
    await logOut(page);
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(() => tracesIn(page)).toEqual(NO_TRACES);
    await expect.poll(() => sockets.every((socket) => socket.isClosed())).toBe(true);
    expect(sockets.length).toBeGreaterThan(0);
  });

  it('neither sends nor keeps what waited for its room', async () => {
    const page = await openShop();
    let isRefused = true;
    await page.route('**/v1/rooms', (route) => (isRefused ? route.abort() : route.continue()));
    await launcher(page).click();
    const field = dialog(page).getByRole('textbox', { name: 'Message' });
    await field.fill('A secret wish');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).getByText('A secret wish').last().waitFor();
    await logOut(page);
    isRefused = false;
    await page.goto(shop.url);
    await launcher(page).waitFor();
    await expect.poll(() => tracesIn(page)).toEqual(NO_TRACES);
    await launcher(page).click();
    await chat(page, 'Back again');
    expect(await field.inputValue()).toBe('');
    expect(await dialog(page).getByText('A secret wish').count()).toBe(0);
  });

  it('leaves none on a page where the chat was not opened either', async () => {
    const page = await openShop();
    await launcher(page).click();
    await chat(page, 'Before I leave');
    // whatever comes back, this does not go
    await page.context().route('**/v1/rooms/*/messages', (route) => route.abort());
    await page.context().routeWebSocket(/\/ws/u, (socket) => socket.close());
    await page.context().setOffline(true);
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('A secret message');
    await dialog(page).getByRole('button', { name: 'Send', exact: true }).click();
    await dialog(page).getByText('A secret message').last().waitFor();
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('A secret draft');
    await page.evaluate(() => localStorage.setItem('parley/elsewhere', 'not of this chat'));
    await page.context().setOffline(false);
    await page.goto(shop.url);
    await launcher(page).waitFor();
    const kept = await tracesIn(page);
    expect(kept.stored.length).toBeGreaterThan(2);
    expect(kept.databases).not.toEqual([]);
    await logOut(page);
    const left = { ...NO_TRACES, stored: ['parley/elsewhere'] };
    await expect.poll(() => tracesIn(page)).toEqual(left);
  });
});
