/** A customer's page of all conversations, in real Chromium, with two shops that answer. */
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openRoomOf, PHONE, Windows, write } from './people.ts';

let server: LocalServer;
let browser: Browser;
const windows = new Windows();

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startWarmServer({
      env: { PARLEY_LIMITS: '{"roomsPerHour":1000,"firstContactsPerHour":1000}' },
    }),
    startBrowser(),
  ]);
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let customers = 0;

/** Somebody who was never here, as the demo's token makes them. */
interface Customer {
  open: (path: string, viewport?: typeof PHONE) => Promise<Page>;
  token: () => Promise<string>;
}

function newCustomer(): Customer {
  const sub = `guest-${(customers += 1)}`;
  const claims = JSON.stringify({ sub, role: 'customer', name: `Guest ${sub}` });
  return {
    open: async (path, viewport) => {
      const page = await windows.open(browser, 'about:blank', viewport ? { viewport } : {});
      await page.route('**/local/token', (route) => route.continue({ postData: claims }));
      await page.goto(`${server.url}${path}`);
      return page;
    },
    token: () => tokenFor(claims),
  };
}

async function tokenFor(claims: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/local/token`, {
    method: 'POST',
    headers,
    body: claims,
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}

async function openRoom(customer: Customer, vendorId: string): Promise<string> {
  const answer = await fetch(`${server.url}/v1/rooms`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await customer.token()}`,
    },
    body: JSON.stringify({ vendorId }),
  });
  const { roomId } = (await answer.json()) as { roomId: string };
  return roomId;
}

async function ask(page: Page, product: string, text: string): Promise<void> {
  await page.goto(`${server.url}/product/${product}`);
  await page.getByRole('button', { name: 'Chat with vendor' }).click();
  await write(page, text);
  await page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
}

/** What a shop's staff answer, by the API: their side of the story is told elsewhere. */
async function answer(customer: Customer, shop: Shop, text: string): Promise<void> {
  const claims = { sub: shop.staff, role: 'vendor', name: shop.staff, vendor_id: shop.id };
  const token = await tokenFor(JSON.stringify({ ...claims, vendor_name: shop.name }));
  const roomId = await openRoom(customer, shop.id);
  const { ok } = await fetch(`${server.url}/v1/rooms/${roomId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ id: crypto.randomUUID(), type: 'text', text }),
  });
  expect(ok).toBe(true);
}

interface Shop {
  id: string;
  name: string;
  staff: string;
}

const CERAMICS: Shop = { id: '7', name: 'Tbilisi Ceramics', staff: 'ana' };
const WOOL: Shop = { id: '9', name: 'Svaneti Wool', staff: 'mariam' };

const rows = (page: Page) => page.locator('.chat-page__rows > li');
const rowOf = (page: Page, shop: string) => rows(page).filter({ hasText: shop });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('a customer with two shops', () => {
  it('finds both answers, reads one, and keeps the other for later', async () => {
    const customer = newCustomer();
    const guest = await customer.open('/');
    const errors = collectErrors(guest);
    await ask(guest, 'blue-bowl', 'Is the bowl heavy?');
    await ask(guest, 'felt-hat', 'Is the hat warm?');
    await guest.goto(`${server.url}/`);
    await guest.getByRole('list', { name: 'Products' }).waitFor();
    await windows.open(browser, `${server.url}/inbox?as=ana`);
    await answer(customer, CERAMICS, 'Not at all');
    await answer(customer, WOOL, 'Very');

    await guest.getByRole('link', { name: 'Messages 2 unread' }).click();
    await rowOf(guest, 'Svaneti Wool').getByText('Very').waitFor();
    await rowOf(guest, 'Tbilisi Ceramics').getByText('Not at all').waitFor();
    await expect.poll(() => rows(guest).first().innerText()).toContain('Svaneti Wool');
    await rowOf(guest, 'Tbilisi Ceramics').getByText('Online').first().waitFor();

    await openRoomOf(guest, 'Tbilisi Ceramics');
    await bubble(guest, 'Not at all').waitFor();
    await guest.getByRole('link', { name: 'Messages 1 unread' }).waitFor();
    await expect.poll(() => guest.title()).toBe('(1) Tbilisi Ceramics · Bazari');
    expect(new URL(guest.url()).pathname).toMatch(/^\/chat\/d-/u);
    await write(guest, 'Then I take two');
    await rowOf(guest, 'Tbilisi Ceramics').getByText('You: Then I take two').waitFor();
    await expect.poll(() => rows(guest).first().innerText()).toContain('Tbilisi Ceramics');

    await guest.getByRole('button', { name: 'Mark as unread' }).click();
    await rowOf(guest, 'Tbilisi Ceramics').getByText('Marked as unread').waitFor();
    await openRoomOf(guest, 'Tbilisi Ceramics');
    // shown at once: the reload must not come before it is kept
    const muted = guest.waitForResponse((answer) => isMuting(answer.request()));
    await guest.getByRole('button', { name: 'Mute this shop' }).click();
    await rowOf(guest, 'Tbilisi Ceramics').getByText('Muted').waitFor();
    await muted;
    await guest.reload();
    await guest.getByRole('button', { name: 'Unmute this shop' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('goes there and back on a phone, by the page and by the browser', async () => {
    const guest = await newCustomer().open('/', PHONE);
    await ask(guest, 'blue-bowl', 'From my phone');
    await guest.getByRole('button', { name: 'Close chat' }).click();
    await guest.getByRole('link', { name: 'Messages' }).click();
    await expect.poll(() => overflow(guest)).toBe(0);

    await openRoomOf(guest, 'Tbilisi Ceramics');
    await bubble(guest, 'From my phone').waitFor();
    await expect.poll(() => overflow(guest)).toBe(0);
    await expect.poll(() => rows(guest).first().isVisible()).toBe(false);
    await guest.getByRole('link', { name: 'All conversations' }).click();
    await expect
      .poll(() => rowOf(guest, 'Tbilisi Ceramics').getByRole('link').evaluate(isFocused))
      .toBe(true);

    await openRoomOf(guest, 'Tbilisi Ceramics');
    await bubble(guest, 'From my phone').waitFor();
    await guest.goBack();
    await rows(guest).first().waitFor();
    expect(new URL(guest.url()).pathname).toBe('/chat');
  });
});

const isMuting = (request: Request) => request.postData()?.includes('muted') === true;

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}

describe('an address', () => {
  it('opens its conversation, and tells a stranger nothing', async () => {
    const nino = newCustomer();
    const roomId = await openRoom(nino, '8');
    const own = await nino.open(`/chat/${roomId}`);
    await own.getByRole('heading', { name: 'Kakheti Cellar' }).waitFor();
    await write(own, 'By its address');
    await bubble(own, 'By its address').waitFor();

    const texts = [];
    for (const path of [`/chat/${roomId}`, '/chat/d-nothing', '/chat/%00']) {
      const page = await newCustomer().open(path);
      const words = page.getByText('This conversation is not here');
      await words.waitFor();
      texts.push(await words.locator('..').innerText());
      await page.getByRole('link', { name: 'All conversations' }).last().click();
      await page.getByText('No messages yet').waitFor();
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('of an empty list leads to the shop', async () => {
    const guest = await newCustomer().open('/chat');
    await guest.getByRole('link', { name: 'Look around the shop' }).click();
    await guest.getByRole('list', { name: 'Products' }).waitFor();
    await expect.poll(() => guest.title()).toBe('Bazari');
  });
});

describe('a long list', () => {
  it('comes page by page as one scrolls, and stays whole', async () => {
    const guest = newCustomer();
    for (let vendor = 500; vendor < 620; vendor += 1) await openRoom(guest, String(vendor));
    const page = await guest.open('/chat');
    await expect.poll(() => rows(page).count()).toBeGreaterThanOrEqual(50);
    expect(await rows(page).count()).toBeLessThan(120);
    await expect
      .poll(async () => {
        await rows(page).last().scrollIntoViewIfNeeded();
        return rows(page).count();
      })
      .toBe(120);
    const names = await rows(page).locator('.room__name').allTextContents();
    expect(new Set(names).size).toBe(120);
  });
});

describe('bad luck', () => {
  it('with the list says so, and a click tries again', async () => {
    const guest = await newCustomer().open('/');
    await ask(guest, 'blue-bowl', 'Before the failure');
    // a connection would ask anew by itself
    await guest.routeWebSocket(/./u, (socket) => socket.close());
    await guest.route('**/v1/rooms?*', (route) => route.fulfill({ status: 500, body: '' }));
    await guest.goto(`${server.url}/chat`);
    await guest.getByText(/could not be loaded/u).waitFor();
    await guest.unroute('**/v1/rooms?*');
    await guest.getByRole('button', { name: 'Try again' }).click();
    await rowOf(guest, 'Tbilisi Ceramics').getByText('Before the failure').waitFor();
    await expect.poll(() => guest.getByText(/could not be loaded/u).count()).toBe(0);
  });

  it('at the very beginning says so too', async () => {
    const page = await windows.open(browser, 'about:blank');
    await page.route('**/config.json', (route) => route.abort());
    await page.goto(`${server.url}/chat?as=nino`);
    await page.getByText('This page could not be loaded').waitFor();
    await page.unroute('**/config.json');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await expect.poll(() => page.getByText('This page could not be loaded').count()).toBe(0);
  });

  it.each(['ChatPageView', 'page', 'customer'])(
    'with the code called %s says so, stays where there is no network, and begins anew with a click',
    async (part) => {
      const page = await windows.open(browser, 'about:blank');
      await page.route(`**/assets/${part}-*.js`, (route) => route.abort());
      await page.goto(`${server.url}/chat?as=nino`);
      const failure = page.getByText('The chat could not be loaded');
      await failure.waitFor();
      const tryAgain = () => page.getByRole('button', { name: 'Try again' }).click();
      const gone = page.waitForEvent('requestfailed');
      await page.context().setOffline(true);
      await tryAgain();
      await gone;
      expect(await failure.isVisible()).toBe(true);
      await page.context().setOffline(false);
      await page.unroute(`**/assets/${part}-*.js`);
      await tryAgain();
      await page.getByRole('heading', { name: 'Messages' }).waitFor();
    },
  );

  it('with a token that does not come loses nothing', async () => {
    const page = await windows.open(browser, 'about:blank');
    await page.route('**/local/token', (route) => route.abort());
    await page.goto(`${server.url}/chat?as=giorgi`);
    await page.getByText(/could not be loaded/u).waitFor();
    await page.unroute('**/local/token');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/could not be loaded/u).waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('heading', { name: 'Messages' }).count()).toBe(1);
  });
});

describe('the site of a marketplace', () => {
  const CONFIG = {
    api: '/v1',
    socket: '/ws',
    tokenUrl: '/shop/chat-token',
    signInUrl: '/shop/sign-in',
  };

  it('asks the marketplace who is signed in, and leads there who is not', async () => {
    const guest = newCustomer();
    const page = await windows.open(browser, 'about:blank');
    let isSignedIn = false;
    await page.route('**/config.json', (route) => route.fulfill({ json: CONFIG }));
    await page.route('**/shop/chat-token', async (route) =>
      isSignedIn
        ? route.fulfill({ body: await guest.token() })
        : route.fulfill({ status: 401, body: '' }),
    );
    await page.route('**/shop/sign-in', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Sign in</h1>' }),
    );
    await page.goto(server.url);
    await page.getByText('Sign in to see your messages').waitFor();
    expect(new URL(page.url()).pathname).toBe('/chat');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.goto(`${server.url}/inbox`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    isSignedIn = true;
    await page.goto(`${server.url}/chat`);
    await page.getByText('No messages yet').waitFor();
  });
});
