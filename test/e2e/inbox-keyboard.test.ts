/** The inbox by keyboard alone: from one customer to the next, answering, closing, and finding the keys themselves. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { Desk } from './inbox-desk.ts';
import { bubble, Windows, write } from './people.ts';

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

const heading = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).first();
const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

/** Ana in her inbox, with three customers who wait, the latest first. */
async function threeWait(): Promise<Page> {
  for (const name of ['Keti', 'Dato', 'Eka']) await desk.customerWrites(name, `${name} asks`);
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await ana.getByRole('link', { name: /Keti/u }).waitFor();
  return ana;
}

describe('Ana, who has no mouse', () => {
  it('goes from customer to customer, answers and closes', async () => {
    const ana = await threeWait();
    const errors = collectErrors(ana);
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => heading(ana).innerText()).toBe('Eka');
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => heading(ana).innerText()).toBe('Dato');
    await bubble(ana, 'Dato asks').waitFor();
    await expect.poll(() => focused(ana)).toBe('Message');
    // what is typed is typed, also where it is a key elsewhere
    await ana.keyboard.type('Really? And/or?');
    await ana.keyboard.press('Enter');
    await bubble(ana, 'Really? And/or?').waitFor();
    // at once: the answer goes first all the same
    await ana.keyboard.press('Alt+e');
    await ana.getByRole('log').getByText('Conversation closed').waitFor();
    await ana.getByRole('button', { name: 'Open the conversation again' }).waitFor();
    await ana.keyboard.press('Alt+e');
    await ana.getByRole('log').getByText('Conversation open again').waitFor();
    // whoever was answered does not wait any more
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => heading(ana).innerText()).toBe('Eka');
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => heading(ana).innerText()).toBe('Keti');
    await ana.keyboard.press('Alt+k');
    await expect.poll(() => heading(ana).innerText()).toBe('Eka');
    expect(errors).toEqual([]);
  });

  it('closes once, however long the keys are held', async () => {
    await desk.customerWrites('Lia', 'Lia asks');
    const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
    await ana.getByRole('link', { name: /Lia/u }).click();
    await bubble(ana, 'Lia asks').waitFor();
    const asked: unknown[] = [];
    ana.on('request', (request) => {
      if (request.method() === 'PATCH') asked.push(request.postDataJSON());
    });
    await ana.keyboard.down('Alt');
    await ana.keyboard.down('e');
    await ana.getByRole('button', { name: 'Open the conversation again' }).waitFor();
    // the keyboard repeats it
    await ana.keyboard.down('e');
    await ana.keyboard.down('e');
    await ana.keyboard.up('e');
    await ana.keyboard.up('Alt');
    // what is asked for goes in its order: with this, anything before it has been asked for
    await write(ana, 'Closed all the same');
    await bubble(ana, 'Closed all the same').waitFor();
    await ana.getByText('Sent', { exact: true }).waitFor();
    expect(asked).toEqual([{ status: 'closed' }]);
  });

  it('walks through the list with the arrows, where Tab stops once', async () => {
    const ana = await threeWait();
    await ana.getByRole('button', { name: 'Choose several' }).focus();
    await ana.keyboard.press('Tab');
    const row = () => ana.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(() => row()).toContain('Eka');
    await ana.keyboard.press('ArrowDown');
    await expect.poll(row).toContain('Dato');
    await ana.keyboard.press('End');
    await ana.keyboard.press('Home');
    await expect.poll(row).toContain('Eka');
    await ana.keyboard.press('Enter');
    await bubble(ana, 'Eka asks').first().waitFor();
    await ana.getByRole('link', { name: /Eka/u }).focus();
    await ana.keyboard.press('Tab');
    // behind the list comes the conversation, not the next row
    expect(await row()).not.toContain('Dato');
  });

  it('finds the keys with "?", and can switch them off', async () => {
    const ana = await threeWait();
    await ana.keyboard.press('?');
    const help = ana.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByText('Next conversation').waitFor();
    // a dialog has the keys for itself
    await ana.keyboard.press('Alt+j');
    expect(new URL(ana.url()).pathname).toBe('/inbox');
    await help.getByRole('switch', { name: 'Use these shortcuts' }).press('Space');
    await ana.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await ana.keyboard.press('?');
    await ana.keyboard.press('Alt+j');
    expect(new URL(ana.url()).pathname).toBe('/inbox');
    expect(await help.count()).toBe(0);

    await ana.reload();
    await ana.getByRole('link', { name: /Keti/u }).waitFor();
    await ana.getByRole('button', { name: 'Keyboard shortcuts' }).focus();
    await ana.keyboard.press('Enter');
    await help.getByRole('switch', { name: 'Use these shortcuts', checked: false }).press('Space');
    await ana.keyboard.press('Escape');
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => heading(ana).innerText()).toBe('Eka');
  });

  it('comes to the saved replies with "/", and to the composer with Alt+L, on any layout', async () => {
    const ana = await threeWait();
    await ana.keyboard.press('Alt+j');
    await expect.poll(() => focused(ana)).toBe('Message');
    const toList = () => ana.getByRole('button', { name: 'Choose several' }).focus();
    await toList();
    // a Georgian keyboard: another letter in the same place
    await ana.evaluate(() => {
      const key = { key: 'ლ', code: 'KeyL', altKey: true, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    await expect.poll(() => focused(ana)).toBe('Message');
    await toList();
    await ana.keyboard.press('/');
    await ana.getByText('No saved replies yet. Add them in the settings.').waitFor();
    await expect.poll(() => ana.getByLabel('Message', { exact: true }).inputValue()).toBe('/');
    await ana.keyboard.press('Backspace');
    await expect.poll(() => field(ana).inputValue()).toBe('');
  });

  it('chooses several with the space bar and a range with Shift', async () => {
    const ana = await threeWait();
    await ana.getByRole('button', { name: 'Choose several' }).focus();
    await ana.keyboard.press('Enter');
    await ana.getByRole('checkbox', { name: /Eka/u }).focus();
    await ana.keyboard.press('Space');
    await ana.keyboard.press('ArrowDown');
    await ana.keyboard.press('ArrowDown');
    await expect
      .poll(() => ana.evaluate(() => document.activeElement?.closest('label')?.textContent ?? ''))
      .toContain('Keti');
    await ana.keyboard.press('Shift+Space');
    await ana.getByText('3 chosen').waitFor();
  });
});
