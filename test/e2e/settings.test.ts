/** The settings of a shop, in real Chromium: what is saved is there after a reload, for colleagues and for customers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { PHONE, Windows, write } from './people.ts';

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

type Options = Parameters<Windows['open']>[2];

/** Luka's shop is nobody's but this test's; his colleague is one more window of his. */
const openSettings = (section = '', as = 'luka', options?: Options): Promise<Page> =>
  windows.open(browser, `${server.url}/inbox/settings${section}?as=${as}`, options);

const name = (page: Page) => page.getByRole('textbox', { name: 'Shop name' });
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const saved = (page: Page) => page.getByText(/^Saved\./u).waitFor();

describe('a shop', () => {
  it('is called what its staff say, and greets with their words', async () => {
    const luka = await openSettings();
    const errors = collectErrors(luka);
    await name(luka).fill('ღვინის სარდაფი');
    await luka.getByRole('textbox', { name: 'Greeting' }).fill('<b>Gamarjoba!</b>');
    await save(luka);
    await saved(luka);
    await luka.reload();
    await expect.poll(() => name(luka).inputValue()).toBe('ღვინის სარდაფი');
    await expect
      .poll(() => luka.getByRole('textbox', { name: 'Greeting' }).inputValue())
      .toBe('<b>Gamarjoba!</b>');
    expect(errors).toEqual([]);
  });

  it('keeps what is typed while it is being saved', async () => {
    const luka = await openSettings();
    const greeting = luka.getByRole('textbox', { name: 'Greeting' });
    let letThrough = () => {};
    const typed = new Promise<void>((resolve) => (letThrough = resolve));
    await luka.route('**/v1/vendors/**', async (route) => {
      if (route.request().method() === 'PUT') await typed;
      await route.continue();
    });
    await name(luka).fill('Luka’s cellar');
    await save(luka);
    await greeting.fill('Typed meanwhile');
    letThrough();
    await luka.getByText('Not saved yet').waitFor();
    expect(await greeting.inputValue()).toBe('Typed meanwhile');
    await save(luka);
    await saved(luka);
    await luka.reload();
    await expect.poll(() => name(luka).inputValue()).toBe('Luka’s cellar');
    await expect.poll(() => greeting.inputValue()).toBe('Typed meanwhile');
  });

  it('says at the field why a picture is refused, and puts the focus there', async () => {
    const luka = await openSettings();
    const picture = luka.getByRole('textbox', { name: 'Picture' });
    await picture.fill('javascript:alert(1)');
    await save(luka);
    await luka.getByRole('alert').getByText('Something is wrong').waitFor();
    await expect.poll(() => picture.getAttribute('aria-invalid')).toBe('true');
    await expect
      .poll(() => picture.evaluate((field) => field === document.activeElement))
      .toBe(true);
    const description = await picture.evaluate((field) =>
      (field.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(' '),
    );
    expect(description).toContain('https://');
    await luka.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => picture.inputValue()).toBe('');
  });
});

describe('a closed shop', () => {
  it('answers a customer with its away message', async () => {
    const luka = await openSettings('/hours');
    await luka.getByRole('radio', { name: /Open at these times/u }).check();
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
      await luka.getByRole('switch', { name: day }).uncheck();
    }
    await luka.getByRole('combobox', { name: 'Time zone' }).selectOption('Asia/Tbilisi');
    await save(luka);
    await saved(luka);
    await luka.getByRole('link', { name: 'Away message' }).click();
    await luka.getByRole('textbox', { name: 'Away message' }).fill('Harvest! Back on Monday.');
    await save(luka);
    await saved(luka);

    const leila = await windows.open(browser, `${server.url}/product/amber-wine?as=leila`);
    await leila.getByRole('button', { name: 'Chat with vendor' }).click();
    await leila.getByRole('log').waitFor();
    // what the staff set holds within five seconds
    await expect
      .poll(
        async () => {
          await write(leila, 'Is there any left?');
          return leila.getByText('Harvest! Back on Monday.').count();
        },
        { interval: 2_000 },
      )
      .toBeGreaterThan(0);

    await luka.getByRole('link', { name: 'Opening hours' }).click();
    await luka.reload();
    await luka.getByText('Closed').first().waitFor();
    await expect
      .poll(() => luka.getByRole('combobox', { name: 'Time zone' }).inputValue())
      .toBe('Asia/Tbilisi');
  });
});

describe('opening hours', () => {
  it('of several spans, a midnight and a holiday are there after a reload; wrong ones are named', async () => {
    const davit = await openSettings('/hours', 'davit');
    await davit.getByRole('radio', { name: /Open at these times/u }).check();
    const monday = davit.getByRole('group', { name: 'Monday' });
    await monday.getByRole('button', { name: 'Add hours' }).click();
    await monday.getByLabel('From').nth(1).fill('17:00');
    await monday.getByLabel('To').nth(1).fill('00:00');
    await save(davit);
    await monday.getByText('It must begin after the hours before it end.').waitFor();
    expect(
      await monday
        .getByLabel('From')
        .nth(1)
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);

    await monday.getByLabel('From').nth(1).fill('20:00');
    await davit.getByRole('button', { name: 'Add a day' }).click();
    await davit.getByLabel('Date').fill('2027-01-07');
    await save(davit);
    await saved(davit);
    await davit.reload();
    await expect.poll(() => monday.getByLabel('To').nth(1).inputValue()).toBe('00:00');
    await expect.poll(() => davit.getByLabel('Date').inputValue()).toBe('2027-01-07');
  });
});

describe('two of the staff', () => {
  it('change different things without taking anything back, and are asked about the same thing', async () => {
    const ana = await openSettings('', 'ana');
    const gia = await openSettings('/away', 'gia');
    await name(ana).fill('Ana’s name');
    await gia.getByRole('textbox', { name: 'Away message' }).fill('Gia’s words');
    await save(gia);
    await saved(gia);
    await save(ana);
    await saved(ana);

    await gia.getByRole('link', { name: 'Shop', exact: true }).click();
    await expect.poll(() => name(gia).inputValue()).toBe('Ana’s name');
    await name(ana).fill('Ana’s second name');
    await name(gia).fill('Gia’s name');
    await save(gia);
    await saved(gia);
    await save(ana);
    await ana.getByText('A colleague has changed this meanwhile: Shop name.').waitFor();
    await ana.getByRole('button', { name: 'Save mine all the same' }).click();
    await saved(ana);
    await gia.reload();
    await expect.poll(() => name(gia).inputValue()).toBe('Ana’s second name');
    await gia.getByRole('link', { name: 'Away message' }).click();
    await expect
      .poll(() => gia.getByRole('textbox', { name: 'Away message' }).inputValue())
      .toBe('Gia’s words');
  });
});

describe('saved replies', () => {
  it('are added, shown as customers read them, changed and deleted, for all colleagues', async () => {
    const ana = await openSettings('/replies', 'ana');
    const errors = collectErrors(ana);
    await ana.getByRole('button', { name: 'Add a reply' }).click();
    await ana.getByRole('textbox', { name: 'Shortcut' }).fill('/glaze');
    await ana.getByRole('textbox', { name: 'Message 1' }).fill('Hello !');
    await ana.getByRole('textbox', { name: 'Message 1' }).press('ArrowLeft');
    await ana.getByRole('button', { name: /into message 1: the customer’s name/u }).click();
    await ana.getByRole('button', { name: 'Add another message' }).click();
    await ana.getByRole('textbox', { name: 'Message 2' }).fill('It is food safe.');
    await ana.getByRole('figure').getByText('Hello Nino!').waitFor();
    await save(ana);
    const reply = ana.getByRole('article', { name: '/glaze' });
    await reply.getByText('Hello {{customer}}!').waitFor();

    const gia = await openSettings('/replies', 'gia');
    await gia
      .getByRole('article', { name: '/glaze' })
      .getByRole('button', { name: 'Edit' })
      .click();
    await gia.getByRole('button', { name: 'Move message 2 up' }).click();
    await save(gia);
    await expect
      .poll(() =>
        gia.getByRole('article', { name: '/glaze' }).getByRole('listitem').allInnerTexts(),
      )
      .toEqual(['It is food safe.', 'Hello {{customer}}!']);

    await gia.getByRole('button', { name: 'Add a reply' }).click();
    await gia.getByRole('textbox', { name: 'Shortcut' }).fill('GLAZE');
    await gia.getByRole('textbox', { name: 'Message 1' }).fill('{{colour}}');
    await save(gia);
    await gia.locator('.field__error', { hasText: 'Another reply has this shortcut.' }).waitFor();
    await gia.getByRole('textbox', { name: 'Shortcut' }).fill('colour');
    await save(gia);
    await gia.locator('.field__error', { hasText: 'only the variables below it' }).waitFor();
    await gia.getByRole('button', { name: 'Discard' }).click();

    await ana.reload();
    await reply.getByRole('button', { name: 'Delete' }).click();
    await ana.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await ana.getByText('No saved replies yet').waitFor();
    // a refused variable is no error of the page
    expect(errors).toEqual([]);
  });
});

describe('leaving with something unsaved', () => {
  it('asks, by a link and by the back button, and loses nothing when one stays', async () => {
    const mariam = await windows.open(browser, `${server.url}/inbox?as=mariam`);
    await mariam.getByRole('link', { name: 'Settings' }).click();
    await name(mariam).fill('Half a na');
    const question = mariam.getByRole('dialog', { name: 'Leave without saving?' });
    await mariam.getByRole('link', { name: 'Saved replies' }).click();
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await name(mariam).inputValue()).toBe('Half a na');

    await mariam.goBack();
    await question.getByRole('button', { name: 'Stay' }).click();
    expect(new URL(mariam.url()).pathname).toBe('/inbox/settings');
    expect(await name(mariam).inputValue()).toBe('Half a na');

    await mariam.goBack();
    await question.getByRole('button', { name: 'Leave' }).click();
    await name(mariam).waitFor({ state: 'detached' });
    expect(new URL(mariam.url()).pathname).toBe('/inbox');
  });
});

describe('without a network', () => {
  it('nothing is lost, and saving works when it is back', async () => {
    const mariam = await openSettings('', 'mariam');
    await name(mariam).fill('Svaneti Wool & Sons');
    await mariam.context().setOffline(true);
    await save(mariam);
    await mariam.getByText('Not saved: no connection just now.').waitFor();
    expect(await name(mariam).inputValue()).toBe('Svaneti Wool & Sons');
    await mariam.context().setOffline(false);
    await save(mariam);
    await saved(mariam);
  });
});

describe('on a phone', () => {
  it.each(['', '/hours', '/away', '/replies', '/notifications'])(
    'the settings%s have no sideways scroll bar, in Arabic too',
    async (section) => {
      for (const language of ['en', 'ar']) {
        const page = await windows.open(
          browser,
          `${server.url}/inbox/settings${section}?as=davit&lang=${language}`,
          { viewport: PHONE },
        );
        await page.locator('.settings__form h2').first().waitFor();
        const overflow = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(overflow).toBe(0);
      }
    },
  );
});

describe('settings whose code does not come', () => {
  it('leave the conversations there, and come with a click once they can', async () => {
    const luka = await windows.open(browser, 'about:blank');
    await luka.route('**/assets/SettingsPage-*.js', (route) => route.abort());
    await luka.goto(`${server.url}/inbox?as=luka`);
    await luka.getByRole('link', { name: 'Settings' }).click();
    const alert = luka.getByRole('alert').getByText('This page could not be loaded');
    await alert.waitFor();
    const conversations = luka.getByRole('region', { name: 'Conversations' });
    expect(await conversations.isVisible()).toBe(true);
    const retry = luka.getByRole('button', { name: 'Try again' });
    await luka.context().setOffline(true);
    await retry.click();
    await luka.getByText('offline', { exact: false }).first().waitFor();
    expect(await alert.isVisible()).toBe(true);
    await luka.context().setOffline(false);
    await luka.unroute('**/assets/SettingsPage-*.js');
    await retry.click();
    await name(luka).waitFor();
  });

  it('are left by the way back, on a phone too', async () => {
    const luka = await windows.open(browser, 'about:blank', { viewport: PHONE });
    await luka.route('**/assets/settings-*.js', (route) => route.abort());
    await luka.goto(`${server.url}/inbox/settings?as=luka`);
    await luka.getByRole('alert').getByText('This page could not be loaded').waitFor();
    await luka.getByRole('link', { name: 'Back to the conversations' }).click();
    await luka.getByRole('main', { name: 'Conversations' }).waitFor();
    expect(await luka.getByRole('alert').count()).toBe(0);
  });
});
