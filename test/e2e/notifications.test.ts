/** Being told of messages, in real Chromium: title, icon, sound and notification, once per browser and never of what one sees. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { Desk } from './inbox-desk.ts';
import { bubble, DESKTOP, openRoomOf } from './people.ts';
import { clickPopup, look, popupsOf, recordAlerts, soundsOf } from './recorded-alerts.ts';

let server: LocalServer;
let browser: Browser;
let desk: Desk;
/** A room in which nobody waits. */
let warmUp: string;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
  desk = new Desk(server.url);
  warmUp = await desk.customerWrites('Warm-up', 'Are you there?');
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A browser of one person whose sounds and notifications are recorded. */
async function aBrowser(options: Parameters<typeof recordAlerts>[1]): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: DESKTOP });
  contexts.push(context);
  await recordAlerts(context, options);
  return context;
}

/** A tab with the inbox, connected, and touched once: a browser lets nobody be heard before. */
async function openInbox(context: BrowserContext, path = '/inbox?as=ana'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}${path}`);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await hearing(page);
  return page;
}

/** An answer of one's own side makes no noise, and shows that the tab hears what happens. */
async function hearing(page: Page): Promise<void> {
  const answer = `Heard ${crypto.randomUUID()}`;
  await desk.staffWrites('Gia', warmUp, answer);
  await page.getByRole('list', { name: 'Conversations' }).getByText(answer).waitFor();
}

const icon = (page: Page) => page.locator('link[rel~="icon"]').getAttribute('href');
const quiet = async (...pages: Page[]) => ({
  sounds: await soundsOf(...pages),
  popups: (await popupsOf(...pages)).length,
});

describe('two tabs of one browser', () => {
  it('sound and notify once, and lead to the room on a click', async () => {
    const context = await aBrowser({ permission: 'granted' });
    const first = await openInbox(context);
    const second = await openInbox(context);
    for (const page of [first, second]) await look(page, false);
    const before = await quiet(first, second);

    await desk.customerWrites('Keti', 'Is it <b>dishwasher</b> safe?');
    await expect.poll(() => popupsOf(first, second)).toHaveLength(before.popups + 1);
    await expect.poll(() => soundsOf(first, second)).toBe(before.sounds + 1);
    const popups = await popupsOf(first, second);
    expect(popups.at(-1)).toMatchObject({ title: 'Keti', body: 'Is it <b>dishwasher</b> safe?' });

    const shown = await popupsOf(first);
    const telling = shown.some(({ title }) => title === 'Keti') ? first : second;
    await clickPopup(telling);
    await bubble(telling, 'Is it <b>dishwasher</b> safe?').waitFor();
    await expect
      .poll(async () => (await popupsOf(telling)).filter(({ isOpen }) => isOpen))
      .toEqual([]);
    expect(await quiet(first, second)).toEqual({
      sounds: before.sounds + 1,
      popups: before.popups + 1,
    });
  });

  it('are silent about a room that the person looks at in the other one', async () => {
    const context = await aBrowser({ permission: 'granted' });
    const roomId = await desk.customerWrites('Lado', 'Hello');
    // the first tab is the elected one, and in the background
    const first = await openInbox(context);
    const second = await openInbox(context, `/inbox/${roomId}?as=ana`);
    await bubble(second, 'Hello').waitFor();
    await look(first, false);
    const before = await quiet(first, second);

    await desk.customerWrites('Lado', 'I see you');
    await bubble(second, 'I see you').waitFor();
    // long enough for the tabs to agree
    for (const page of [first, second, first]) await hearing(page);
    expect(await quiet(first, second)).toEqual(before);
    await desk.customerWrites('Mzia', 'And me?');
    await expect.poll(() => soundsOf(first, second)).toBe(before.sounds + 1);
  });

  it('are followed: when the telling one is closed, the other tells', async () => {
    const context = await aBrowser({ permission: 'granted' });
    const first = await openInbox(context);
    const second = await openInbox(context);
    await first.close();
    await look(second, false);
    const before = await quiet(second);
    await expect
      .poll(async () => {
        await desk.customerWrites('Zura', 'Anybody?');
        return (await quiet(second)).popups;
      })
      .toBeGreaterThan(before.popups);
  });
});

describe('a click that comes before the notifications are loaded', () => {
  it('lets them be heard all the same', async () => {
    const context = await aBrowser({ permission: 'denied' });
    let letThrough = () => {};
    const clicked = new Promise<void>((resolve) => (letThrough = resolve));
    await context.route('**/InboxNotifications-*.js', async (route) => {
      await clicked;
      await route.continue();
    });
    const page = await openInbox(context);
    letThrough();
    await expect.poll(() => page.title()).toMatch(/Inbox/u);
    await look(page, false);
    await expect
      .poll(async () => {
        await desk.customerWrites('Nodar', 'Can you hear me?');
        return soundsOf(page);
      })
      .toBeGreaterThan(0);
  });
});

describe('what is not told', () => {
  it('is one’s own side’s answer, and a muted room', async () => {
    const context = await aBrowser({ permission: 'granted' });
    const roomId = await desk.customerWrites('Irakli', 'Hello');
    const page = await openInbox(context);
    await desk.staffCalls('Ana', `PATCH rooms/${roomId}/mine`, { muted: true });
    const row = page.getByRole('listitem').filter({ hasText: 'Irakli' });
    await row.waitFor();
    await look(page, false);
    const before = await quiet(page);
    await desk.customerWrites('Irakli', 'Still there?');
    await row.getByText('Still there?').waitFor();
    await desk.staffWrites('Gia', roomId, 'Yes we are');
    await desk.customerWrites('Nutsa', 'And for me?');
    await expect.poll(async () => (await popupsOf(page)).at(-1)?.title).toBe('Nutsa');
    expect((await quiet(page)).popups).toBe(before.popups + 1);
  });
});

describe('the title and the icon', () => {
  it('count what is unread, until it is read or switched off', async () => {
    const context = await aBrowser({ permission: 'denied' });
    const page = await openInbox(context);
    // what other tests left unread counts too
    await expect.poll(() => page.title()).toMatch(/^(?:\(\d+\) )?Inbox · Tbilisi Ceramics$/u);
    const unread = Number(/\d+/u.exec(await page.title())?.[0] ?? 0);
    await desk.customerWrites('Tamta', 'Hello', 'Anybody?');
    await expect.poll(() => page.title()).toBe(`(${unread + 2}) Inbox · Tbilisi Ceramics`);
    await expect.poll(() => icon(page)).toBe('/favicon-unread.svg');

    await openRoomOf(page, 'Tamta');
    const title = unread === 0 ? 'Inbox' : `(${unread}) Inbox`;
    await expect.poll(() => page.title()).toBe(`${title} · Tbilisi Ceramics`);

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Notifications', exact: true }).click();
    await page.getByRole('switch', { name: /Number in the tab/u }).uncheck();
    await expect.poll(() => page.title()).toBe('Inbox · Tbilisi Ceramics');
    await expect.poll(() => icon(page)).toBe('/favicon.svg');
    await page.reload();
    await page.getByRole('switch', { name: /Number in the tab/u }).waitFor();
    await expect
      .poll(() => page.getByRole('switch', { name: /Number in the tab/u }).isChecked())
      .toBe(false);
  });
});

describe('the browser’s permission', () => {
  it('is asked for by a quiet question, once', async () => {
    const context = await aBrowser({ permission: 'default', answer: 'granted' });
    const page = await openInbox(context);
    const question = page.getByRole('region', { name: 'Notifications' });
    expect(await page.evaluate(() => window.recorded.asked)).toBe(0);
    await question.getByRole('button', { name: 'Yes, notify me' }).click();
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => window.recorded.asked)).toBe(1);
    await look(page, false);
    await desk.customerWrites('Eka', 'Hello');
    await expect.poll(async () => (await popupsOf(page)).at(-1)?.title).toBe('Eka');
  });

  it('is not asked for again where the person said no', async () => {
    const context = await aBrowser({ permission: 'default' });
    const page = await openInbox(context);
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Not now' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await hearing(page);
    expect(await page.getByRole('button', { name: 'Not now' }).count()).toBe(0);
    expect(await page.evaluate(() => window.recorded.asked)).toBe(0);
  });

  it('that is refused is told on the settings page, and the sound goes on', async () => {
    const context = await aBrowser({ permission: 'default', answer: 'denied' });
    const page = await openInbox(context, '/inbox/settings/notifications?as=ana');
    await page.getByRole('switch', { name: /Notifications of the browser/u }).click();
    await page.getByText('Your browser blocks notifications of this page.').waitFor();
    const before = await quiet(page);
    await page.getByRole('button', { name: 'Play it' }).click();
    await expect.poll(() => soundsOf(page)).toBe(before.sounds + 1);
    await look(page, false);
    await expect
      .poll(async () => {
        await desk.customerWrites('Gvantsa', 'Hello');
        return soundsOf(page);
      })
      .toBeGreaterThan(before.sounds + 1);
    expect((await quiet(page)).popups).toBe(0);
  });
});

describe('a tried notification', () => {
  it('is shown where they are allowed', async () => {
    const context = await aBrowser({ permission: 'granted' });
    const page = await openInbox(context, '/inbox/settings/notifications?as=ana');
    await page.getByRole('button', { name: 'Show one' }).click();
    expect(await popupsOf(page)).toMatchObject([
      { title: 'This is what a notification looks like' },
    ]);
    await page.getByRole('button', { name: 'Show it' }).click();
    await expect.poll(() => page.title()).toMatch(/^\(3\) /u);
  });
});
