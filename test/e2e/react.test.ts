/** The published React components in somebody else's page, drawn by a server and begun by React's strictest rules. */
import { once } from 'node:events';
import http from 'node:http';

import type { Browser, Page } from 'playwright-core';
import { type ComponentType, createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import { buildReact, type ReactBuild } from '../support/react-build.ts';
import type { AppProps } from '../support/react-shop/App.tsx';
import { PAGES } from '../support/react-shop/pages.tsx';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, write } from './people.ts';

let server: LocalServer;
let browser: Browser;
let built: ReactBuild;
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  [server, browser, built, shop] = await Promise.all([
    startWarmServer(),
    startBrowser(),
    buildReact(),
    startShop(),
  ]);
  for (const [path, text] of await built.bundlePage()) shop.pages.set(path, text);
  const parley = await built.load();
  for (const [path, Shop] of Object.entries(PAGES)) shop.pages.set(path, drawPage(parley, Shop));
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await built?.remove();
  shop?.stop();
});

/** The page as a server sends it. The shop's own styles come first: what comes later would win. */
function drawPage(parley: AppProps['parley'], Shop: ComponentType<AppProps>): string {
  const tokenOf = () => Promise.reject(new Error('A server has no token.'));
  const app = renderToString(createElement(Shop, { parley, chat: server.url, tokenOf }));
  return `<!doctype html><html lang="en"><head><title>Shop</title>
    <style>h1 { margin: 40px } button { letter-spacing: 3px }</style>
    <link rel="stylesheet" href="/client.css"></head><body><div id="root">${app}</div>
    <script>window.chat = '${server.url}'</script><script type="module" src="/client.js"></script></body></html>`;
}

async function startShop() {
  const pages = new Map<string, string>();
  const listener = http.createServer((request, response) => {
    const path = request.url ?? '/';
    const type = path.endsWith('.js') ? 'javascript' : path.endsWith('.css') ? 'css' : 'html';
    const page = pages.get(path);
    response
      .writeHead(page === undefined ? 404 : 200, { 'content-type': `text/${type}; charset=utf-8` })
      .end(page);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    pages,
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      listener.closeAllConnections();
      listener.close();
    },
  };
}

async function tokenOf(sub: string): Promise<string> {
  const answer = await fetch(`${server.url}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sub, role: 'customer', name: `Guest ${sub}` }),
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}

interface Shop {
  page: Page;
  errors: string[];
  /** What it asked the chat for. */
  asked: string[];
  /** Of whom it wanted a token. */
  tokens: string[];
}

/** A window on the shop. */
async function openShop(path = '/'): Promise<Shop> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = collectErrors(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(server.url)) asked.push(request.url());
  });
  page.on('websocket', (socket) => asked.push(socket.url()));
  const tokens: string[] = [];
  await page.exposeFunction('tokenOf', (sub: string) => {
    tokens.push(sub);
    return tokenOf(sub);
  });
  await page.goto(new URL(path, shop.url).href);
  return { page, errors, asked, tokens };
}

const button = (page: Page) => page.getByRole('button', { name: 'Chat with vendor' });
const isSocket = (url: string) => url.startsWith('ws');

describe('the published components', () => {
  it('come as one entry and one stylesheet, without a React of their own', () => {
    const names = [...built.files.keys()];
    expect(names).toEqual(expect.arrayContaining(['parley.js', 'parley.css']));
    expect(names.filter((name) => name.endsWith('.css'))).toHaveLength(1);
    const scripts = [...built.files].filter(([name]) => name.endsWith('.js'));
    const text = scripts.map(([, code]) => code).join('\n');
    expect(text).toMatch(/from ?["']react["']/u);
    expect(text).not.toContain('__CLIENT_INTERNALS_DO_NOT_USE');
    expect(text).not.toMatch(/\beval\(|new Function\(|<style/u);
  });

  it('are there before any script, and take over what a server drew', async () => {
    const html = shop.pages.get('/') ?? '';
    expect(html).toContain('Chat with vendor');
    const { page, errors, asked } = await openShop();
    await button(page).click();
    await page.getByRole('dialog', { name: 'Shop 7' }).waitFor();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('ask for nothing before they are touched, and then over one socket', async () => {
    const { page, errors, asked } = await openShop();
    await page.getByRole('button', { name: 'Be Leila' }).waitFor();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByText('0 unread').waitFor();
    await button(page).click();
    await write(page, 'Once, please');
    await page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    expect(asked.filter(isSocket)).toHaveLength(1);
    const posted = asked.filter((url) => url.endsWith('/messages'));
    expect(new Set(posted).size).toBe(1);
    expect(await bubble(page, 'Once, please').count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('leave the page’s own look alone, and give the focus back', async () => {
    const { page } = await openShop();
    const styleOf = (selector: string, name: string) =>
      page
        .locator(selector)
        .first()
        .evaluate(
          (element, property) => getComputedStyle(element).getPropertyValue(property),
          name,
        );
    expect(await styleOf('h1', 'margin-top')).toBe('40px');
    expect(await styleOf('body', 'margin-top')).toBe('8px');
    expect(await styleOf('#root > button:not(.parley)', 'letter-spacing')).toBe('3px');
    expect(await styleOf('.parley-button', 'border-top-left-radius')).not.toBe('0px');
    await button(page).click();
    await page.getByRole('dialog', { name: 'Shop 7' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => button(page).evaluate(isFocused)).toBe(true);
  });

  it('are another person’s without beginning the page anew, and nobody’s after that', async () => {
    const { page, asked } = await openShop();
    await page.getByRole('textbox', { name: 'Search' }).fill('bowls');
    await button(page).click();
    await write(page, 'A secret of the first');
    await page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();

    await page.getByRole('button', { name: 'Be Leila' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page).click();
    await page.getByText('Ask Shop 7').waitFor();
    expect(await page.getByText('A secret of the first').count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('bowls');
    await expect.poll(() => asked.filter(isSocket).length).toBe(2);

    await page.getByRole('button', { name: 'Be nobody' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await button(page).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('want no token of nobody, and lead to the sign-in instead of a popup', async () => {
    const { page, asked, tokens } = await openShop();
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByText('0 unread').waitFor();
    await page.getByRole('button', { name: 'Be nobody' }).click();
    await page.getByText('counting').waitFor();
    const before = asked.length;
    // long enough for what would be tried again
    await page.waitForTimeout(3_000);
    expect(tokens.filter((sub) => sub !== '42')).toEqual([]);
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('Who are you?').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(asked.slice(before)).toEqual([]);
  });

  it('send again after React had hidden them', async () => {
    const { page, errors, asked } = await openShop('/kept');
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByText('0 unread').waitFor();
    await page.getByRole('button', { name: 'Look elsewhere' }).click();
    await button(page).waitFor({ state: 'hidden' });
    // a timer of no time at all decides that they are gone
    await page.waitForTimeout(200);
    const before = asked.filter(isSocket).length;
    await page.getByRole('button', { name: 'Come back' }).click();
    await button(page).click();
    await write(page, 'Here again');
    await page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    expect(asked.filter(isSocket).length - before).toBe(1);
    expect(errors).toEqual([]);
  });

  it('begin a part of the page late, when the chat has moved on', async () => {
    expect(shop.pages.get('/late')).toMatch(/Chat: (?:<!-- -->)?idle/u);
    const { page, errors } = await openShop('/late');
    await page.getByText('Chat: online').waitFor();
    expect(errors).toEqual([]);
  });
});

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}
