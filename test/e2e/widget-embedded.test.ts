/** The widget as it is published, on a page of another origin with a strict policy; and two of it on one page. */
import { once } from 'node:events';
import http from 'node:http';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import { type LocalServer, startServer } from '../support/server.ts';
import { buildWidget, type WidgetBuild } from '../support/widget-build.ts';
import { DESKTOP } from './people.ts';

let server: LocalServer;
let browser: Browser;
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  let build: WidgetBuild;
  [server, browser, shop, build] = await Promise.all([
    startServer(),
    startBrowser(),
    startShop(),
    buildWidget(),
  ]);
  for (const [name, code] of build) shop.pages.set(`/${name}`, code);
  shop.pages.set('/page.js', PAGE_SCRIPT);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  shop?.stop();
});

/** Nothing inline, nothing evaluated, nothing from elsewhere but the chat. */
const policy = () =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src ${server.url} ${server.url.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
  ].join('; ');

const CLAIMS: Record<string, object> = {
  nino: { sub: '42', role: 'customer', name: 'Nino' },
  leila: { sub: '44', role: 'customer', name: 'Leila' },
};

async function tokenOf(name: string): Promise<string> {
  const answer = await fetch(`${server.url}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CLAIMS[name]),
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}

/** A page of the shop with one widget per person: `{ id: vendor }`. */
async function openShop(widgets: Record<string, string>): Promise<Page> {
  shop.pages.set('/', pageOf(widgets));
  const context = await browser.newContext({ viewport: DESKTOP });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.exposeFunction('tokenOf', tokenOf);
  await page.goto(shop.url);
  return page;
}

function pageOf(widgets: Record<string, string>): string {
  const socket = `${server.url.replace('http', 'ws')}/ws`;
  const elements = Object.entries(widgets).map(
    ([id, vendor], index) =>
      `<parley-chat id="${id}" vendor="${vendor}" vendor-name="Shop ${vendor}" api="${server.url}/v1"
        socket="${socket}" position="${index === 0 ? 'end' : 'start'}"></parley-chat>`,
  );
  return `<!doctype html><html lang="en"><title>Shop</title><body>${elements.join('')}
    <script type="module" src="/page.js"></script><script type="module" src="/widget.js"></script>`;
}

/** Another origin on this machine: the browser lets no page from elsewhere reach into it. */
async function startShop() {
  const pages = new Map<string, string>();
  const site = http.createServer(({ url = '/' }, response) => {
    const body = pages.get(url);
    const contentType = url === '/' ? 'text/html' : 'text/javascript';
    response.setHeader('content-type', contentType);
    if (url === '/') response.setHeader('content-security-policy', policy());
    response.writeHead(body === undefined ? 204 : 200).end(body);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, pages, stop: () => site.close() };
}

/** Before `widget.js`, as a page may: the property is there before the class is. */
const PAGE_SCRIPT = `
  for (const chat of document.querySelectorAll('parley-chat')) {
    chat.tokenProvider = () => window.tokenOf(chat.id);
  }`;

async function say(page: Page, { to, text }: { to: string; text: string }): Promise<void> {
  const dialog = page.getByRole('dialog', { name: to });
  await dialog.getByRole('textbox', { name: 'Message' }).fill(text);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
}

describe('the published widget', () => {
  it('chats under a strict policy, from another origin', async () => {
    const page = await openShop({ nino: '7' });
    const errors = collectErrors(page);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await say(page, { to: 'Shop 7', text: 'From a strict page' });
    const box = await page.getByRole('dialog').boundingBox();
    expect(Math.round(box?.width ?? 0)).toBe(400);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('is two people in two shops, where a page has it twice', async () => {
    const page = await openShop({ nino: '8', leila: '9' });
    const errors = collectErrors(page);
    for (const [index, to] of ['Shop 8', 'Shop 9'].entries()) {
      await page.locator('parley-chat').nth(index).getByRole('button', { name: /^Open/u }).click();
      await say(page, { to, text: `Hello ${to}` });
    }
    const texts = (name: string) =>
      page.getByRole('dialog', { name }).locator('.bubble__text').allInnerTexts();
    expect(await texts('Shop 8')).toEqual(['Hello Shop 8']);
    expect(await texts('Shop 9')).toEqual(['Hello Shop 9']);

    await page.evaluate(() => {
      const chat: (Element & { logout?: () => void }) | null = document.querySelector('#nino');
      chat?.logout?.();
    });
    await page.getByRole('dialog', { name: 'Shop 8' }).waitFor({ state: 'detached' });
    await say(page, { to: 'Shop 9', text: 'Still here' });
    expect(await texts('Shop 9')).toEqual(['Hello Shop 9', 'Still here']);
    expect(errors).toEqual([]);
  });
});
