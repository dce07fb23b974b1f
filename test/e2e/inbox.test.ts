/** A shop's day in its inbox, in real Chromium: two of the staff, many customers, and a network that fails. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { notify } from '../../web/words/en/notify.ts';
import { Desk } from './inbox-desk.ts';
import { bubble, openRoomOf, PHONE, texts, Windows, write } from './people.ts';

let server: LocalServer;
let browser: Browser;
let desk: Desk;
const windows = new Windows();

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
  desk = new Desk(server.url);
});
afterEach(() => windows.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Options = Parameters<Windows['open']>[2];

const openInbox = (person: string, path = '/inbox', options?: Options): Promise<Page> =>
  windows.open(browser, `${server.url}${path}?as=${person}`, options);

const list = (page: Page) => page.getByRole('list', { name: 'Conversations' });
const rowOf = (page: Page, name: string) =>
  list(page).getByRole('listitem').filter({ hasText: name });
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });

describe('two of the staff', () => {
  it('share who answers, labels and notes, and only whoever wrote a note may delete it', async () => {
    await desk.customerWrites('Salome', 'Do you wrap gifts?');
    const ana = await openInbox('ana');
    const gia = await openInbox('gia');
    const errors = [ana, gia].map(collectErrors);
    await openRoomOf(ana, 'Salome');
    await ana.getByRole('button', { name: 'Assign to me' }).click();
    await ana.getByRole('button', { name: 'Add a label' }).click();
    await ana.getByRole('textbox', { name: 'Label, then Enter' }).fill('gift');
    await ana.keyboard.press('Enter');
    await ana.getByRole('button', { name: 'Remove the label gift' }).waitFor();
    await ana.getByRole('textbox', { name: 'Write a note' }).fill('Always pays at once');
    await ana.getByRole('button', { name: 'Add the note' }).click();

    const row = rowOf(gia, 'Salome');
    await row.getByText('gift', { exact: true }).waitFor();
    await row.getByText('Assigned to').waitFor({ state: 'attached' });
    await openRoomOf(gia, 'Salome');
    const note = gia.getByRole('listitem').filter({ hasText: 'Always pays at once' });
    await note.waitFor();
    expect(await note.getByRole('button', { name: 'Delete the note' }).count()).toBe(0);
    // whoever noted is known by name from here on
    await row.getByText('Assigned to Ana').waitFor({ state: 'attached' });

    await gia.getByRole('button', { name: 'Remove the label gift' }).click();
    await rowOf(ana, 'Salome').getByText('gift', { exact: true }).waitFor({ state: 'detached' });
    await gia.getByLabel('Assigned to', { exact: true }).selectOption({ label: 'Nobody' });
    await ana.getByRole('button', { name: 'Delete the note' }).click();
    await note.waitFor({ state: 'detached' });
    expect(errors.flat()).toEqual([]);
  });

  it('are asked before an answer leaves that does not know of a colleague’s', async () => {
    const roomId = await desk.customerWrites('Irakli', 'Is the jug still there?');
    const ana = await openInbox('ana');
    await openRoomOf(ana, 'Irakli');
    await bubble(ana, 'Is the jug still there?').waitFor();
    await field(ana).fill('I will look');
    await desk.staffWrites('Gia', roomId, 'Yes, two of them.');
    await bubble(ana, 'Yes, two of them.').waitFor();
    await field(ana).press('Enter');
    await ana.getByText('1 newer message. Send anyway?').waitFor();
    expect(await texts(ana)).toEqual(['Is the jug still there?', 'Yes, two of them.']);

    await ana.getByRole('button', { name: 'Keep writing' }).click();
    await field(ana).fill('As Gia says');
    await field(ana).press('Enter');
    await bubble(ana, 'As Gia says').waitFor();

    await field(ana).fill('And it is blue');
    await desk.customerWrites('Irakli', 'Thanks!', 'Which colour?');
    await bubble(ana, 'Which colour?').waitFor();
    await field(ana).press('Enter');
    await ana.getByText('2 newer messages. Send anyway?').waitFor();
    await field(ana).press('Enter');
    await bubble(ana, 'And it is blue').waitFor();
    await expect.poll(() => field(ana).inputValue()).toBe('');
  });
});

describe('saved replies', () => {
  it('come by "/", with names filled in and all their messages in order', async () => {
    await desk.staffCalls('Ana', 'POST vendors/me/replies', {
      replyId: crypto.randomUUID(),
      shortcut: 'hello',
      messages: ['Hello {{customer}}!', 'We answer within the hour.', 'Bye'],
    });
    await desk.customerWrites('Tornike', 'Anybody there?');
    const ana = await openInbox('ana');
    await openRoomOf(ana, 'Tornike');
    await field(ana).fill('/he');
    await ana.getByRole('option', { name: /\/hello/u }).waitFor();
    await ana.keyboard.press('Enter');
    await expect.poll(() => field(ana).inputValue()).toBe('Hello Tornike!');
    await ana.getByText('Sent right behind it').waitFor();
    await ana.getByRole('button', { name: 'Leave out' }).last().click();
    await ana.keyboard.press('Escape');
    await field(ana).focus();
    await ana.keyboard.press('Enter');
    await expect
      .poll(() => texts(ana))
      .toEqual(['Anybody there?', 'Hello Tornike!', 'We answer within the hour.']);
  });
});

describe('what is known about a conversation', () => {
  it.each([
    ['in a drawer on a narrow desktop', { width: 1000, height: 740 }],
    ['on a screen of its own on a phone', PHONE],
  ])('is reached %s, and left by the back button', async (_, viewport) => {
    const name = `Lela ${viewport.width}`;
    await desk.customerWrites(name, 'Is it big?');
    const ana = await openInbox('ana', '/inbox', { viewport });
    await openRoomOf(ana, name);
    const about = ana.getByRole('link', { name: 'About this conversation' });
    await about.click();
    const drawer = ana.getByRole('dialog', { name: 'About this conversation' });
    await drawer.getByRole('textbox', { name: 'Write a note' }).waitFor();
    expect(new URL(ana.url()).pathname).toMatch(/^\/inbox\/[^/]+\/about$/u);
    await ana.goBack();
    await drawer.waitFor({ state: 'detached' });
    await bubble(ana, 'Is it big?').waitFor();

    await about.click();
    await drawer.getByRole('button', { name: 'Back to the conversation' }).click();
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => about.evaluate((link) => link === document.activeElement)).toBe(true);
    // an address of it opens it at once
    await ana.goto(`${ana.url()}/about`);
    await drawer.getByText(name).first().waitFor();
    await ana.keyboard.press('Escape');
    await expect.poll(() => new URL(ana.url()).pathname).toMatch(/^\/inbox\/[^/]+$/u);
  });
});

describe('the list', () => {
  it('finds by name, label and words among what is loaded', async () => {
    const roomId = await desk.customerWrites('Zaza', 'A vase of lapis lazuli');
    await desk.customerWrites('Guram', 'Something else');
    await desk.staffCalls('Ana', `PATCH rooms/${roomId}/mine`, { labels: ['wholesale'] });
    const ana = await openInbox('ana');
    const find = ana.getByRole('searchbox', { name: 'Find in the loaded conversations' });
    for (const words of ['zaz', 'LAPIS', 'whole']) {
      await find.fill(words);
      await rowOf(ana, 'Guram').waitFor({ state: 'detached' });
      await rowOf(ana, 'Zaza').waitFor();
    }
    await find.fill('nowhere');
    await ana.getByText('Nothing found').waitFor();
    await expect.poll(() => list(ana).getByRole('listitem').count()).toBe(0);
    await find.press('Escape');
    await rowOf(ana, 'Guram').waitFor();
  });

  it('takes back only what it closed', async () => {
    await desk.customerWrites('Petre', 'Long over');
    await desk.customerWrites('Qeti', 'Still open');
    const ana = await openInbox('ana');
    await rowOf(ana, 'Petre').click();
    await ana.getByRole('button', { name: 'Close the conversation' }).click();
    await ana.getByRole('button', { name: 'Open the conversation again' }).waitFor();
    await ana.getByRole('button', { name: 'All', exact: true }).click();
    await ana.getByRole('button', { name: 'Choose several' }).click();
    await rowOf(ana, 'Petre').click();
    await rowOf(ana, 'Qeti').click();
    await ana.getByText('2 chosen').waitFor();
    await ana.getByRole('button', { name: 'Close', exact: true }).click();
    await ana.getByText('1 conversation closed').waitFor();
    await ana.getByRole('button', { name: 'Undo' }).click();
    await ana.getByText('1 conversation open again').waitFor();
    await ana.getByRole('button', { name: 'Done' }).click();
    await ana.getByRole('button', { name: 'Closed', exact: true }).click();
    await rowOf(ana, 'Petre').waitFor();
    expect(await rowOf(ana, 'Qeti').count()).toBe(0);
  });

  it('closes many at once, names what failed, and takes it back', async () => {
    const roomId = await desk.customerWrites('Maia', 'One');
    await desk.customerWrites('Nika', 'Two');
    await desk.customerWrites('Omar', 'Three');
    const ana = await openInbox('ana');
    let isRefused = true;
    await ana.route(`**/v1/rooms/${roomId}`, (route) =>
      isRefused && route.request().method() === 'PATCH'
        ? route.fulfill({ status: 403, json: { code: 'forbidden' } })
        : route.continue(),
    );
    await ana.getByRole('button', { name: 'Choose several' }).click();
    await rowOf(ana, 'Omar').click();
    await rowOf(ana, 'Maia').click({ modifiers: ['Shift'] });
    await ana.getByText('3 chosen').waitFor();
    await ana.getByRole('button', { name: 'Close', exact: true }).click();
    await ana.getByText('2 conversations closed').waitFor();
    await ana.getByText('Did not work for: Maia').waitFor();
    isRefused = false;
    await ana.getByRole('button', { name: 'Try those again' }).click();
    await ana.getByText('1 conversation closed').waitFor();
    await ana.getByRole('button', { name: 'Undo' }).click();
    await ana.getByText('1 conversation open again').waitFor();
    await ana.getByRole('button', { name: 'Done' }).click();
    await rowOf(ana, 'Maia').getByRole('link').waitFor();
    await ana.getByRole('button', { name: 'Closed', exact: true }).click();
    await rowOf(ana, 'Nika').waitFor();
    await expect.poll(() => rowOf(ana, 'Maia').count()).toBe(0);
  });
});

describe('a server that fails', () => {
  it('says in the list that an answer did not go, also to who has gone on to another customer', async () => {
    await desk.customerWrites('Zaza', 'Is mine ready?');
    await desk.customerWrites('Ira', 'And mine?');
    const ana = await openInbox('ana');
    let refuse = () => {};
    const left = new Promise<void>((resolve) => (refuse = resolve));
    const sending = /\/v1\/rooms\/[^/]+\/messages$/u;
    await ana.route(sending, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await left;
      return route.fulfill({ status: 400, json: { code: 'invalid', message: 'Not allowed.' } });
    });
    await openRoomOf(ana, 'Zaza');
    await bubble(ana, 'Is mine ready?').waitFor();
    await write(ana, 'On Friday');
    await openRoomOf(ana, 'Ira');
    await bubble(ana, 'And mine?').waitFor();
    refuse();
    await rowOf(ana, 'Zaza').getByText('Not sent', { exact: true }).waitFor();
    await ana.unroute(sending);
    await openRoomOf(ana, 'Zaza');
    await ana.getByRole('button', { name: 'Retry' }).click();
    await rowOf(ana, 'Zaza').getByText('You: On Friday').waitFor();
    expect(await rowOf(ana, 'Zaza').getByText('Not sent', { exact: true }).count()).toBe(0);
  });

  it('leaves nothing lost: the list, the notes and a label come with another try', async () => {
    await desk.customerWrites('Sophie', 'Do you ship?');
    const ana = await openInbox('ana', '/inbox/settings');
    // a connection would ask for the list by itself
    await ana.routeWebSocket(/\/ws/u, (socket) => socket.close());
    let isBroken = true;
    const broken = { status: 500, json: { code: 'internal' } };
    await ana.route(/\/v1\/rooms(\?|\/[^/]+\/(notes|mine))/u, (route) =>
      isBroken ? route.fulfill(broken) : route.continue(),
    );
    await ana.goto(`${server.url}/inbox`);
    await ana.getByText('The conversations could not be loaded.', { exact: false }).waitFor();
    isBroken = false;
    await ana.getByRole('button', { name: 'Try again' }).click();
    await rowOf(ana, 'Sophie').waitFor();
    isBroken = true;
    await openRoomOf(ana, 'Sophie');
    await ana.getByText('The notes could not be loaded.').waitFor();
    await ana.getByRole('textbox', { name: 'Write a note' }).fill('Ships to Berlin');
    await ana.getByRole('button', { name: 'Add the note' }).click();
    await ana.getByText('That did not work. Try again.').waitFor();
    await expect
      .poll(() => ana.getByRole('textbox', { name: 'Write a note' }).inputValue())
      .toBe('Ships to Berlin');
    isBroken = false;
    await ana.getByRole('button', { name: 'Try again' }).click();
    await ana.getByText('What your team should know').waitFor();
    await ana.getByRole('button', { name: 'Add the note' }).click();
    await ana.getByRole('listitem').getByText('Ships to Berlin').waitFor();
    await write(ana, 'Gladly, everywhere.');
    await bubble(ana, 'Gladly, everywhere.').waitFor();
  });

  it('is said where the words of the whole inbox do not come, and a click begins anew', async () => {
    const ana = await windows.open(browser, 'about:blank');
    await ana.route('**/assets/inbox-*.js', (route) => route.abort());
    await ana.goto(`${server.url}/inbox?as=ana`);
    await ana.getByText('This page could not be loaded').waitFor();
    await ana.unroute('**/assets/inbox-*.js');
    await ana.getByRole('button', { name: 'Try again' }).click();
    await ana.getByRole('region', { name: 'Conversations' }).waitFor();
    expect(await ana.getByRole('alert').count()).toBe(0);
  });

  it('takes nothing but the notifications where only those do not come', async () => {
    const ana = await windows.open(browser, 'about:blank');
    let refused = 0;
    await ana.route('**/assets/notify-*.js', async (route) => {
      const response = await route.fetch();
      // the words, and not the code that has the same name
      if (!(await response.text()).includes(notify.prompt.question))
        return route.fulfill({ response });
      refused += 1;
      return route.abort();
    });
    await ana.goto(`${server.url}/inbox?as=ana`);
    await expect.poll(() => refused).toBeGreaterThan(0);
    await ana.getByRole('region', { name: 'Conversations' }).waitFor();
    await ana.getByRole('link', { name: 'Settings' }).click();
    await ana.getByRole('heading', { name: 'Settings' }).waitFor();
  });
});
