/** A clock that is hours wrong, a page that slept, a token that ends: nothing needs a refresh. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, openRoomOf, texts, Windows, write } from './people.ts';

const HOUR_MS = 3_600_000;

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

/** A customer's page that something is done to before it loads. */
async function openAs(person: string, prepare: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await windows.open(browser, 'about:blank');
  await prepare(page);
  await page.goto(`${server.url}/product/blue-bowl?as=${person}`);
  await openChat(page);
  return page;
}

async function openShop(customer: string): Promise<Page> {
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await openRoomOf(ana, customer);
  return ana;
}

it.each([
  ['ahead', 5, 'nino', 'Nino'],
  ['behind', -5, 'giorgi', 'Giorgi'],
])('a clock hours %s changes nothing', async (_, hours, person, name) => {
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await ana.getByRole('list', { name: 'Conversations' }).waitFor({ state: 'attached' });
  const customer = await openAs(person, (page) =>
    page.clock.setFixedTime(Date.now() + hours * HOUR_MS),
  );
  await write(customer, 'one');
  await write(customer, 'two');
  await openRoomOf(ana, name);
  await bubble(ana, 'two').waitFor();
  await write(ana, 'three');
  await bubble(customer, 'three').waitFor();
  await customer.getByRole('dialog').getByText('Online', { exact: true }).waitFor();
  expect(await texts(customer)).toEqual(['one', 'two', 'three']);
  expect(await texts(ana)).toEqual(['one', 'two', 'three']);
});

it('a page that was put to sleep is whole again when it wakes', async () => {
  const customer = await openAs('leila', async () => {});
  await write(customer, 'before');
  const ana = await openShop('ليلى');
  await bubble(ana, 'before').waitFor();
  const devtools = await customer.context().newCDPSession(customer);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await write(ana, 'while you slept');
  await ana.getByText('Sending').waitFor({ state: 'detached' });
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await bubble(customer, 'while you slept').waitFor();
  await write(ana, 'and now');
  await bubble(customer, 'and now').waitFor();
  expect(await texts(customer)).toEqual(['before', 'while you slept', 'and now']);
});

it('a token that ends is followed by the next, and the socket too', async () => {
  const sockets: boolean[] = [];
  const customer = await openAs('nino', async (page) => {
    page.on('websocket', (socket) => {
      if (!new URL(socket.url()).pathname.startsWith('/ws')) return;
      const index = sockets.push(true) - 1;
      socket.on('close', () => {
        sockets[index] = false;
      });
    });
    await page.route('**/local/token', (route) => {
      const claims: unknown = route.request().postDataJSON();
      return route.continue({ postData: JSON.stringify(Object.assign({ expiresIn: 14 }, claims)) });
    });
  });
  await write(customer, 'before the renewal');
  await customer.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
  const ana = await openShop('Nino');
  await expect.poll(() => sockets.length).toBeGreaterThan(1);
  await expect.poll(() => sockets[0]).toBe(false);
  await write(ana, 'after the renewal');
  await bubble(customer, 'after the renewal').waitFor();
  expect(sockets.at(-1)).toBe(true);
});
