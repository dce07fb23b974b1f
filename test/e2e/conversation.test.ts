/** What people do with messages after they are sent, in real Chromium: react, answer, edit, delete, files, close, notes. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, openRoomOf, texts, Windows, write } from './people.ts';

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

/** The row of a message by its words. */
const rowOf = (page: Page, text: string) =>
  page.getByRole('log').locator('.message').filter({ hasText: text });

/** Opens a message's tools and presses one of them. */
async function useTool(page: Page, text: string, tool: string): Promise<void> {
  const row = rowOf(page, text);
  await row.hover();
  await row.getByRole('button', { name: 'React, answer and more' }).click();
  await row.getByRole('button', { name: tool }).click();
}

/** Both at the same conversation, which `text` begins. */
async function meet(text: string): Promise<{ ana: Page; nino: Page }> {
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
  await openChat(nino);
  await write(nino, text);
  await openRoomOf(ana, 'Nino');
  await bubble(ana, text).waitFor();
  return { ana, nino };
}

// 1 × 1, transparent
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('Nino and Ana, after the first words', () => {
  it('react, answer, edit and delete, and both see the same', async () => {
    const { ana, nino } = await meet('Is the blu bowl deep?');
    const errors = [ana, nino].map(collectErrors);

    await useTool(ana, 'Is the blu bowl deep?', 'React with 👍');
    await rowOf(nino, 'Is the blu bowl deep?')
      .getByRole('button', { name: '👍, 1 side' })
      .waitFor();

    await useTool(nino, 'Is the blu bowl deep?', 'Edit');
    await write(nino, 'Is the blue bowl deep?');
    await rowOf(ana, 'Is the blue bowl deep?').getByText('(edited)').waitFor();

    await useTool(ana, 'Is the blue bowl deep?', 'Reply');
    await ana.getByText('Replying to Nino').waitFor();
    // one goes on writing at once, without looking for the field
    await ana.keyboard.type('Nine centimetres.');
    await ana.keyboard.press('Enter');
    await rowOf(nino, 'Nine centimetres.').getByText('Is the blue bowl deep?').waitFor();

    await write(nino, 'Please forget this one');
    await bubble(ana, 'Please forget this one').waitFor();
    await useTool(nino, 'Please forget this one', 'Delete');
    await nino.getByRole('button', { name: 'Delete for everybody?' }).click();
    await ana.getByText('This message was deleted').waitFor();
    await expect.poll(() => ana.getByText('Please forget this one').count()).toBe(0);

    await ana.reload();
    await rowOf(ana, 'Is the blue bowl deep?')
      .getByRole('button', { name: '👍, 1 side' })
      .waitFor();
    await ana.getByText('This message was deleted').waitFor();
    expect(errors.flat()).toEqual([]);
  });

  it('go on writing while a message’s tools are on their way, and keep the keyboard', async () => {
    const { ana } = await meet('Is it glazed inside?');
    let arrive = () => {};
    const wanted = new Promise<void>((resolve) => (arrive = resolve));
    await ana.route('**/MessageTools-*.js', async (route) => {
      await wanted;
      await route.continue();
    });
    const tools = rowOf(ana, 'Is it glazed inside?').getByRole('button', {
      name: 'React, answer and more',
    });
    const note = ana.getByRole('textbox', { name: 'Write a note' });
    await tools.click();
    await note.click();
    await ana.keyboard.type('Glazed ');
    arrive();
    const first = ana.getByRole('button', { name: 'React with 👍' });
    await first.waitFor();
    await ana.keyboard.type('twice');
    await expect.poll(() => note.inputValue()).toBe('Glazed twice');

    // open, they give the keyboard away for good, and close
    await first.focus();
    await note.click();
    await first.waitFor({ state: 'detached' });
    await ana.keyboard.type(', outside too');
    await expect.poll(() => note.inputValue()).toBe('Glazed twice, outside too');

    await tools.click();
    await first.waitFor();
    await tools.click();
    await first.waitFor({ state: 'detached' });
  });

  it('send a picture and a file, and open them', async () => {
    const { ana, nino } = await meet('A picture of the crack:');
    const files = [
      { name: 'crack.png', mimeType: 'image/png', buffer: PIXEL },
      {
        name: 'რეცეპტი.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\n'),
      },
    ];
    await nino.getByLabel('Add pictures or files').setInputFiles(files);
    await ana.getByRole('button', { name: 'Open the picture crack.png' }).click();
    const picture = ana.getByRole('dialog', { name: 'crack.png' }).getByRole('img');
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(1);
    await ana.keyboard.press('Escape');
    const download = ana.waitForEvent('download');
    await ana.getByRole('button', { name: /რეცეპტი\.pdf/u }).click();
    expect((await download).suggestedFilename()).toBe('რეცეპტი.pdf');

    const drawing = { name: 'x.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') };
    await nino.getByLabel('Add pictures or files').setInputFiles(drawing);
    await nino.getByText(/x\.svg.?: files of this kind cannot be sent/u).waitFor();
    const empty = { name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) };
    await nino.getByLabel('Add pictures or files').setInputFiles(empty);
    await nino.getByText(/x\.txt.? is empty/u).waitFor();
  });

  it('close and reopen, and keep notes from the customer', async () => {
    const { ana, nino } = await meet('Thank you, that is all.');
    await ana.getByRole('textbox', { name: 'Write a note' }).fill('Wants a matching plate in May');
    await ana.getByRole('button', { name: 'Add the note' }).click();
    await ana.getByRole('listitem').getByText('Wants a matching plate in May').waitFor();

    await ana.getByRole('button', { name: 'Close the conversation' }).click();
    await ana.getByRole('log').getByText('Conversation closed').last().waitFor();
    await nino
      .getByText(/The shop closed this conversation/u)
      .last()
      .waitFor();
    await write(nino, 'One more thing!');
    await ana.getByRole('button', { name: 'Close the conversation' }).waitFor();
    await bubble(ana, 'One more thing!').waitFor();

    await ana.reload();
    await ana.getByRole('listitem').getByText('Wants a matching plate in May').waitFor();
    expect(await nino.getByText('matching plate').count()).toBe(0);
  });

  it('come back to what was marked unread, which reads it', async () => {
    const { ana, nino } = await meet('Do you also make plates?');
    // nothing but the mark is left to read
    await nino.getByText('Read', { exact: true }).waitFor();
    await ana.getByRole('button', { name: 'Mark as unread' }).click();
    const unread = ana.getByRole('button', { name: /^Unread/u });
    await unread.getByText('1').waitFor();
    // the badge goes before the server has answered, and a reload would stop the request
    const told = ana.waitForResponse(/\/v1\/rooms\/[^/]+\/mine$/u);
    await openRoomOf(ana, 'Nino');
    await unread.getByText('1').waitFor({ state: 'hidden' });
    await told;
    await ana.reload();
    await bubble(ana, 'Do you also make plates?').waitFor();
    expect(await unread.getByText('1').count()).toBe(0);
  });

  it('have read what was known of before it came', async () => {
    const { ana, nino } = await meet('Do you wrap it?');
    await nino.getByText('Read', { exact: true }).waitFor();
    await nino.context().setOffline(true);
    await nino.getByText(/offline/iu).waitFor();
    await write(ana, 'As a present, gladly.');
    await ana.getByText('Sent', { exact: true }).waitFor();
    // back again, the room's head says that something is unread before the message is there
    const head = nino.waitForResponse(/\/v1\/rooms\/[^/]+$/u);
    await nino.route(/\/v1\/rooms\/[^/]+\/messages\?/u, async (route) => {
      await head;
      await nino.waitForTimeout(1_000);
      await route.continue();
    });
    await nino.context().setOffline(false);
    await bubble(nino, 'As a present, gladly.').waitFor();
    await ana.getByText('Read', { exact: true }).waitFor();
    expect(await texts(nino)).toEqual(await texts(ana));
  });

  it('are two of one shop, who see one another and share their notes', async () => {
    const { ana } = await meet('Who of you is there?');
    const gia = await windows.open(browser, `${server.url}/inbox?as=gia`);
    await openRoomOf(gia, 'Nino');
    await ana.getByText('Gia is here too').waitFor();
    await gia.getByRole('textbox', { name: 'Message' }).fill('It is me');
    await ana.getByText('Gia is answering').waitFor();
    await gia.getByRole('textbox', { name: 'Write a note' }).fill('I take this one');
    await gia.getByRole('button', { name: 'Add the note' }).click();
    const note = ana.getByRole('listitem').filter({ hasText: 'I take this one' });
    await note.waitFor();
    await expect.poll(() => note.innerText()).toContain('Gia');
  });
});
