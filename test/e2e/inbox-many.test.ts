/** An inbox of ten thousand conversations in real Chromium: it scrolls through all of them, and nothing moves under the pointer. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { serveManyRooms } from '../support/many-rooms.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { Windows } from './people.ts';

const COUNT = 10_000;

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

async function openMany(pageSize: number) {
  const ana = await windows.open(browser, 'about:blank');
  const say = await serveManyRooms(ana, { count: COUNT, pageSize });
  await ana.goto(`${server.url}/inbox?as=ana`);
  await rowOf(ana, 0).waitFor();
  return { ana, say };
}

const list = (page: Page) => page.getByRole('list', { name: 'Conversations' });
const rowOf = (page: Page, index: number) =>
  list(page).getByRole('link', { name: new RegExp(`Customer ${index}\\b`, 'u') });
const rowsInPage = (page: Page) => list(page).getByRole('listitem').count();

/** What stands in the middle of the list, by its place: a list that scrolls takes no pointer. */
const underPointer = (page: Page) =>
  page.evaluate(() => {
    const top = document.querySelector('.rooms')?.getBoundingClientRect().top ?? 0;
    const row = [...document.querySelectorAll('.rooms li')].find((one) => {
      const box = one.getBoundingClientRect();
      return box.top <= top + 300 && top + 300 < box.bottom;
    });
    return /Customer \d+/u.exec(row?.textContent ?? '')?.[0] ?? '';
  });

const scrollBy = (page: Page, px: number) =>
  page.evaluate((by) => document.querySelector('.rooms')?.scrollBy({ top: by }), px);

describe('ten thousand conversations', () => {
  it('come page by page as one scrolls, and never more rows than the screen needs', async () => {
    const { ana } = await openMany(1_000);
    const most: number[] = [];
    await expect
      .poll(
        async () => {
          await scrollBy(ana, 100_000);
          most.push(await rowsInPage(ana));
          return rowOf(ana, COUNT - 1).count();
        },
        { timeout: 40_000 },
      )
      .toBe(1);
    expect(Math.max(...most)).toBeLessThan(40);
    const last = list(ana).locator(`[aria-posinset="${COUNT}"]`);
    await expect.poll(() => last.getAttribute('aria-setsize')).toBe(String(COUNT));
    // to the very first one, and the focus goes along
    await rowOf(ana, COUNT - 1).focus();
    await ana.keyboard.press('Home');
    await expect
      .poll(() => ana.evaluate(() => document.activeElement?.textContent ?? ''))
      .toContain('Customer 0');
  });

  it('stay under the pointer while others come to the top, and follow when it has gone', async () => {
    const { ana, say } = await openMany(100);
    await list(ana).hover({ position: { x: 100, y: 300 } });
    const before = await underPointer(ana);
    say(50);
    await ana.getByRole('button', { name: '1 new above' }).waitFor();
    expect(await underPointer(ana)).toBe(before);
    await ana.mouse.move(800, 300);
    await ana.getByRole('button', { name: '1 new above' }).waitFor({ state: 'detached' });
    const first = list(ana).getByRole('listitem').first();
    await expect.poll(() => first.innerText()).toContain('Customer 50');
    await first.getByText('Again 50').waitFor();
  });

  it('stay in sight while one reads further down, with a way to what is new', async () => {
    const { ana, say } = await openMany(100);
    await ana.mouse.move(800, 300);
    await scrollBy(ana, 2_000);
    // the very first row stays, for Tab
    await expect.poll(() => rowOf(ana, 1).count()).toBe(0);
    await expect.poll(() => underPointer(ana)).not.toBe('');
    const before = await underPointer(ana);
    say(90);
    const newer = ana.getByRole('button', { name: '1 new above' });
    await newer.waitFor();
    expect(await underPointer(ana)).toBe(before);
    await newer.click();
    await rowOf(ana, 90).waitFor();
    await expect
      .poll(() => list(ana).getByRole('listitem').first().innerText())
      .toContain('Customer 90');
  });
});
