/** Several tabs of one person: one socket, one outbox, and whoever is closed or crashes is followed by the next. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { type LocalServer, portToKeep } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, openRoomOf, texts, Windows, write } from './people.ts';

let server: LocalServer;
let browser: Browser;
let data: string;
let args: string[];
const windows = new Windows();

beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'parley-'));
  args = ['--data', data, '--port', await portToKeep()];
  [server, browser] = await Promise.all([startWarmServer({ args }), startBrowser()]);
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** How many sockets of the chat each tab has open. */
class Sockets {
  readonly #open = new Map<Page, number>();

  /** Before the page loads. */
  watch(page: Page): void {
    this.#open.set(page, 0);
    const add = (more: number) => this.#open.set(page, (this.#open.get(page) ?? 0) + more);
    page.on('websocket', (socket) => {
      if (!new URL(socket.url()).pathname.startsWith('/ws')) return;
      add(1);
      socket.on('close', () => add(-1));
    });
    const forget = () => this.#open.set(page, 0);
    page.on('close', forget);
    page.on('crash', forget);
  }

  /** The open ones of each tab, in the order of their opening. */
  get counts(): number[] {
    return [...this.#open.values()];
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }
}

/** A tab that is followed before its page loads. */
async function openTab(person: string, options: { sockets?: Sockets; tabOf?: Page | undefined }) {
  const { sockets, tabOf } = options;
  const tab = await windows.open(browser, 'about:blank', tabOf ? { tabOf } : {});
  sockets?.watch(tab);
  await tab.goto(`${server.url}/product/blue-bowl?as=${person}`);
  await openChat(tab);
  return tab;
}

async function openThree(person: string) {
  const sockets = new Sockets();
  const first = await openTab(person, { sockets });
  const second = await openTab(person, { sockets, tabOf: first });
  const third = await openTab(person, { sockets, tabOf: first });
  return { first, second, third, tabs: [first, second, third], sockets };
}

/** Holds up what leaves a tab, as a network does that takes everything and answers nothing. */
const swallowSends = (tab: Page) =>
  tab.route('**/messages', (route) =>
    route.request().method() === 'POST' ? null : route.continue(),
  );

describe('three tabs of one person', () => {
  it('share one socket, and all hear and show the same', async () => {
    const { first, second, third, tabs, sockets } = await openThree('nino');
    await write(first, 'one');
    await bubble(third, 'one').waitFor();
    await write(second, 'two');
    await bubble(first, 'two').waitFor();
    await write(third, 'three');
    await bubble(first, 'three').waitFor();
    // shown in all tabs before it is stored
    await third.getByText('Sending').first().waitFor({ state: 'detached' });
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Nino');
    await write(ana, 'from the shop');
    const all = ['one', 'two', 'three', 'from the shop'];
    for (const tab of tabs) {
      await bubble(tab, 'from the shop').waitFor();
      expect(await texts(tab)).toEqual(all);
    }
    expect(sockets.total).toBe(1);

    const holder = tabs[sockets.counts.indexOf(1)];
    const others = tabs.filter((tab) => tab !== holder);
    await holder?.close();
    await expect.poll(() => sockets.total).toBe(1);
    await write(ana, 'and again');
    for (const tab of others) await bubble(tab, 'and again').waitFor();
    expect(sockets.total).toBe(1);
  });

  it('share one again when the server was away, and miss nothing', async () => {
    const { first, second, third, tabs, sockets } = await openThree('giorgi');
    await write(first, 'before');
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Giorgi');
    await server.stop();
    await write(second, 'meanwhile');
    await write(third, 'meanwhile too');
    await write(ana, 'the shop meanwhile');
    server = await startWarmServer({ args });
    const all = ['before', 'meanwhile', 'meanwhile too', 'the shop meanwhile'];
    for (const tab of tabs) {
      await expect
        .poll(() => texts(tab).then((shown) => shown.toSorted()), { timeout: 40_000 })
        .toEqual(all);
    }
    await expect.poll(() => sockets.total).toBe(1);
    // Two servers start in it, and their clients wait before they come back.
  }, 150_000);
});

describe('what a tab wrote', () => {
  it('is sent once and in order by another, when the one that sends crashes', async () => {
    const sender = await openTab('nino', {});
    const other = await openTab('nino', { tabOf: sender });
    await swallowSends(sender);
    await write(sender, 'crash one');
    await write(sender, 'crash two');
    await bubble(other, 'crash two').waitFor();
    await write(other, 'crash three');
    await bubble(sender, 'crash three').waitFor();
    const devtools = await sender.context().newCDPSession(sender);
    const crashed = sender.waitForEvent('crash');
    devtools.send('Page.crash').catch(() => {});
    await crashed;
    await expect.poll(() => other.getByText('Sending').count()).toBe(0);
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'Nino');
    await bubble(ana, 'crash three').waitFor();
    const last = ['crash one', 'crash two', 'crash three'];
    expect((await texts(ana)).slice(-3)).toEqual(last);
    expect((await texts(other)).slice(-3)).toEqual(last);
  });

  it('is sent after a reload, and after a visit without a chat', async () => {
    const tab = await openTab('leila', {});
    await write(tab, 'before');
    await tab.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    await swallowSends(tab);
    await write(tab, 'reload one');
    await write(tab, 'reload two');
    await tab.reload();
    await openChat(tab);
    await bubble(tab, 'reload two').waitFor();
    await tab.getByText('Sending').first().waitFor();
    await tab.close({ runBeforeUnload: false });

    const next = await tab.context().newPage();
    await next.goto(`${server.url}/?as=leila`);
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await openRoomOf(ana, 'ليلى');
    await bubble(ana, 'reload two').waitFor();
    expect(await texts(ana)).toEqual(['before', 'reload one', 'reload two']);
  });

  it('without a network waits in every tab, and goes out when it is back', async () => {
    const first = await openTab('giorgi', {});
    const second = await openTab('giorgi', { tabOf: first });
    await first.context().setOffline(true);
    await write(second, 'offline one');
    await bubble(first, 'offline one').waitFor();
    await write(first, 'offline two');
    await bubble(second, 'offline two').waitFor();
    await first.context().setOffline(false);
    for (const tab of [first, second]) {
      await expect.poll(() => tab.getByText('Sending').count()).toBe(0);
      expect((await texts(tab)).slice(-2)).toEqual(['offline one', 'offline two']);
    }
  });

  it('goes out although the browser stores nothing and gives no locks', async () => {
    const tab = await windows.open(browser, 'about:blank');
    await tab.addInitScript(() => {
      const forbid = {
        get: () => {
          throw new DOMException('Forbidden.', 'SecurityError');
        },
      };
      Object.defineProperty(window, 'indexedDB', forbid);
      Object.defineProperty(window, 'localStorage', forbid);
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
    });
    await tab.goto(`${server.url}/product/blue-bowl?as=leila`);
    await openChat(tab);
    await write(tab, 'from memory');
    await tab.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
    expect((await texts(tab)).at(-1)).toBe('from memory');
  });
});

it('keeps two people in one browser apart', async () => {
  const sockets = new Sockets();
  const nino = await openTab('nino', { sockets });
  const leila = await openTab('leila', { sockets, tabOf: nino });
  await swallowSends(nino);
  await write(nino, 'a secret of Nino');
  await nino.getByText('Sending').first().waitFor();
  await write(leila, 'of Leila');
  await leila.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
  expect(await bubble(leila, 'a secret of Nino').count()).toBe(0);
  expect(sockets.counts).toEqual([1, 1]);
  const names = () => indexedDB.databases().then((all) => all.map(({ name }) => name ?? ''));
  expect(new Set(await nino.evaluate(names)).size).toBeGreaterThanOrEqual(2);
});
