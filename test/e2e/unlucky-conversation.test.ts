/** Bad luck in a conversation, in real Chromium: it stays calm, loses nothing, and executes nothing. */
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

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const isStored = (page: Page) => page.getByText(/^(?:Sent|Delivered|Read)$/u).waitFor();

async function openNino(options: Parameters<Windows['open']>[2] = {}): Promise<Page> {
  const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`, options);
  await openChat(nino);
  return nino;
}

async function openAna(text: string): Promise<Page> {
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await openRoomOf(ana, 'Nino');
  await bubble(ana, text).waitFor();
  return ana;
}

/** Pastes as a person does, without the machine's clipboard. */
const paste = (page: Page, text: string) =>
  field(page).evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    input.focus();
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    document.execCommand('insertText', false, pasted.slice(0, 30_000));
  }, text);

/** Runs in the page: files can be chosen as soon as there is a room for them. */
function sendWhenOpen(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('.composer input[type=file]') === null) return;
    observer.disconnect();
    document.querySelector<HTMLElement>('.composer__send')?.click();
  });
  observer.observe(document, { subtree: true, childList: true });
}

describe('somebody with bad luck', () => {
  it('writes on in the very moment in which the room is there, and nothing is overtaken', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    let open = () => {};
    const wanted = new Promise<void>((resolve) => (open = resolve));
    await nino.route('**/v1/rooms', async (route) => {
      await wanted;
      await route.continue();
    });
    await openChat(nino);
    await write(nino, 'Written before');
    await field(nino).fill('Written after');
    await nino.evaluate(sendWhenOpen);
    open();
    await expect.poll(() => field(nino).inputValue()).toBe('');
    await isStored(nino);
    const written = (await texts(nino)).filter((text) => text.startsWith('Written'));
    expect(written).toEqual(['Written before', 'Written after']);
  });

  it('closes the chat before its room is there: what was written arrives all the same', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    await nino.route('**/v1/rooms', (route) => route.abort());
    await openChat(nino);
    await write(nino, 'Into the void, one');
    await write(nino, 'Into the void, two');
    await nino.keyboard.press('Escape');
    await nino.getByRole('dialog').waitFor({ state: 'detached' });
    await nino.unroute('**/v1/rooms');
    const ana = await openAna('Into the void, two');
    const written = (await texts(ana)).filter((text) => text.startsWith('Into the void'));
    expect(written).toEqual(['Into the void, one', 'Into the void, two']);
  });

  it('reloads before the room is there: what was written stands in the field', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    await nino.route('**/v1/rooms', () => {});
    await openChat(nino);
    await write(nino, 'Never on its way');
    await field(nino).fill('and more');
    await nino.reload();
    await nino.unroute('**/v1/rooms');
    await openChat(nino);
    await expect.poll(() => field(nino).inputValue()).toBe('Never on its way\nand more');
  });

  it('waits for its room as long as the server asks for, or until told to try again', async () => {
    const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
    let asked = 0;
    await nino.route('**/v1/rooms', (route) => {
      asked += 1;
      return asked > 1
        ? route.continue()
        : route.fulfill({ status: 429, json: { code: 'rate_limited', retryAfter: 600 } });
    });
    await openChat(nino);
    await nino.getByRole('button', { name: 'Try again' }).waitFor();
    await nino.waitForTimeout(3_500);
    expect(asked).toBe(1);
    await nino.getByRole('button', { name: 'Try again' }).click();
    await write(nino, 'Here at last');
    await isStored(nino);
    expect(asked).toBe(2);
  });

  it('pastes a megabyte, and can go on typing', async () => {
    const nino = await openNino();
    const from = Date.now();
    await paste(nino, 'lorem ipsum '.repeat(87_382));
    await nino.getByText(/characters too many · Only the beginning was pasted/u).waitFor();
    await field(nino).press('End');
    await nino.keyboard.type('ten letters');
    expect((await field(nino).inputValue()).length).toBeLessThanOrEqual(20_000);
    expect(Date.now() - from).toBeLessThan(10_000);
    await expect
      .poll(() => nino.getByRole('button', { name: 'Send', exact: true }).isDisabled())
      .toBe(true);
    await field(nino).fill('Short again');
    await write(nino, 'Short again');
    await bubble(nino, 'Short again').waitFor();
  });

  it('chooses a film of 30 MB among others: the others go, and the film is named', async () => {
    const nino = await openNino();
    await write(nino, 'Some files:');
    await isStored(nino);
    await nino.getByLabel('Add pictures or files').evaluate((input) => {
      const files = new DataTransfer();
      files.items.add(new File(['%PDF-1.7\n'], 'care.pdf', { type: 'application/pdf' }));
      const film = new File([new Uint8Array(30 * 1024 * 1024)], 'film.mp4', { type: 'video/mp4' });
      files.items.add(film);
      Object.assign(input, { files: files.files });
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await nino.getByText(/film\.mp4.? is larger than 25 MB/u).waitFor();
    await nino.getByRole('button', { name: /care\.pdf/u }).waitFor();
    expect(await nino.getByRole('log').getByText('film.mp4').count()).toBe(0);
  });

  it('takes files back that are on their way', async () => {
    const nino = await openNino();
    await write(nino, 'A file comes:');
    await isStored(nino);
    // the place for uploads never answers
    await nino.route(/\/attachments$/u, () => {});
    const buffer = Buffer.from('%PDF-1.7\n');
    const file = { name: 'slow.pdf', mimeType: 'application/pdf', buffer };
    await nino.getByLabel('Add pictures or files').setInputFiles(file);
    const row = nino.getByRole('log').locator('.message').filter({ hasText: 'slow.pdf' });
    await row.getByRole('button', { name: 'Cancel' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await nino.getByText('slow.pdf').count()).toBe(0);
  });

  it('writes markup, addresses of scripts, endless words and piles of marks: all of it is text', async () => {
    const nino = await openNino({ viewport: PHONE });
    const errors = collectErrors(nino);
    const texts = [
      '<img src=x onerror="window.hit=1"><script>window.hit=1</script>',
      'javascript:window.hit=1 data:text/html,<script>window.hit=1</script>',
      'W'.repeat(1_000),
      `Z${'\u0301\u0316\u0489'.repeat(1_300)}`,
      `\u202Ereversed\u202E https://user:pw@example.com/ https://example.com/\u202Efdp.exe`,
    ];
    for (const text of texts) {
      await write(nino, text);
      await bubble(nino, text).last().waitFor();
    }
    const sizes = await nino.getByRole('log').evaluate((log) => {
      const box = log.getBoundingClientRect();
      const rows = [...log.querySelectorAll('.bubble')].map((row) => row.getBoundingClientRect());
      const links = [...log.querySelectorAll('.bubble a')].map((link) => link.getAttribute('href'));
      return {
        isWide: log.scrollWidth > log.clientWidth + 1,
        isOut: rows.some(({ left, right }) => left < box.left - 1 || right > box.right + 1),
        links: links.filter((href) => !(href ?? '').startsWith('http')),
        overflow: [...log.querySelectorAll('.bubble__text')].map(
          (text) => getComputedStyle(text).overflowY,
        ),
      };
    });
    expect(sizes).toMatchObject({ isWide: false, isOut: false, links: [] });
    expect(new Set(sizes.overflow)).toEqual(new Set(['clip']));
    expect(await nino.evaluate(() => 'hit' in window)).toBe(false);
    expect(await nino.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      360,
    );
    expect(errors).toEqual([]);
  });

  it('leaves in the middle of a sentence, and finds it again', async () => {
    const nino = await openNino();
    await write(nino, 'First words');
    const ana = await openAna('First words');
    await field(ana).fill('Half an ans');
    await ana.reload();
    await expect.poll(() => field(ana).inputValue()).toBe('Half an ans');
    await field(ana).fill('Half an answer is none.');
    await ana.getByRole('button', { name: 'Send', exact: true }).click();
    await isStored(ana);
    await ana.reload();
    await isStored(ana);
    expect(await field(ana).inputValue()).toBe('');

    // the arrow takes up one's own latest words, and leaves the draft below them alone
    await field(ana).press('ArrowUp');
    await expect.poll(() => field(ana).inputValue()).toBe('Half an answer is none.');
    await ana.reload();
    await bubble(ana, 'Half an answer is none.').waitFor();
    expect(await field(ana).inputValue()).toBe('');
  });

  it('is too fast for the shop, hears for how long, and keeps what is written', async () => {
    const nino = await openNino();
    await write(nino, 'One');
    await isStored(nino);
    let isFull = true;
    await nino.route(/\/messages$/u, async (route) => {
      if (!isFull || route.request().method() !== 'POST') return route.continue();
      isFull = false;
      const headers = { 'retry-after': '4', 'content-type': 'application/problem+json' };
      const body = JSON.stringify({ status: 429, code: 'rate_limited', title: 'Too fast' });
      return route.fulfill({ status: 429, headers, body });
    });
    await write(nino, 'Two');
    await nino.getByText(/You can write again in [1-4] seconds?/u).waitFor();
    await field(nino).fill('Three');
    await field(nino).press('Enter');
    expect(await field(nino).inputValue()).toBe('Three');
    await nino.locator('.composer__left').waitFor({ state: 'detached' });
    await field(nino).press('Enter');
    await bubble(nino, 'Three').waitFor();
    const ana = await openAna('Three');
    const words = await ana.getByRole('log').locator('.bubble__text').allInnerTexts();
    expect(words.slice(-2)).toEqual(['Two', 'Three']);
  });

  it('finds an emoji by keyboard alone, and it is the first one next time', async () => {
    const nino = await openNino();
    await field(nino).fill('Thanks ');
    await field(nino).press('End');
    await nino.locator('.composer').getByRole('button', { name: 'Emoji' }).press('Enter');
    await nino.getByRole('combobox', { name: 'Search emoji' }).waitFor();
    await nino.keyboard.type('red heart');
    await nino.getByRole('option', { name: 'red heart', exact: true }).waitFor();
    await nino.keyboard.press('Enter');
    await expect.poll(() => field(nino).inputValue()).toBe('Thanks ❤️');
    await nino.keyboard.type('!');
    await expect.poll(() => field(nino).inputValue()).toBe('Thanks ❤️!');
    await nino.locator('.composer').getByRole('button', { name: 'Emoji' }).press('Enter');
    await nino.getByRole('button', { name: 'Recently used' }).waitFor();
    await expect.poll(() => nino.locator('.composer').getByRole('option').count()).toBe(1);
    await nino.keyboard.press('Escape');
    await nino.getByRole('dialog', { name: 'Tbilisi Ceramics' }).waitFor();
    expect(await nino.getByRole('combobox', { name: 'Search emoji' }).count()).toBe(0);
  });
});
