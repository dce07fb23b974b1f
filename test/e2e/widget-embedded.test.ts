/** The widget as it is published, on a page of another origin with a strict policy: two of it, in other languages, under hostile styles, on a phone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { collectErrors, startBrowser } from '../support/browser.ts';
import {
  bucketOf,
  type EmbeddingSite,
  startEmbeddingSite,
  type WidgetAttributes,
} from '../support/embedding-site.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { DESKTOP, PHONE, tokenFor } from './people.ts';

let server: LocalServer;
let browser: Browser;
let shop: EmbeddingSite;

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
  shop = await startEmbeddingSite(server);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  shop?.stop();
});

/** The smallest PNG there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Before `widget.js`, as a page may: the property is there before the class is. */
const TOKENS = `
  for (const chat of document.querySelectorAll('parley-chat')) {
    chat.tokenProvider = () => window.tokenOf(chat.id);
  }`;

interface Opening {
  viewport?: typeof PHONE;
  script?: string;
}

async function openShop(
  widgets: readonly WidgetAttributes[],
  { viewport = DESKTOP, script = '' }: Opening = {},
): Promise<Page> {
  shop.show(widgets);
  shop.run(TOKENS + script);
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.exposeFunction('tokenOf', (name: string) => tokenFor(server, name));
  await page.goto(shop.url);
  return page;
}

const launcher = (page: Page) => page.getByRole('button', { name: /^Open the chat/u });
const STORED = /^(Sent|Delivered|Read)$/u;

async function say(page: Page, { to, text }: { to: string; text: string }): Promise<void> {
  const dialog = page.getByRole('dialog', { name: to });
  await dialog.getByRole('textbox', { name: 'Message' }).fill(text);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText(STORED).waitFor();
}

const setAttribute = (page: Page, name: string, text: string) =>
  page.evaluate(
    (change) => {
      document.querySelector('parley-chat')?.setAttribute(change.name, change.text);
    },
    { name, text },
  );

const CELLAR = { id: 'nino', vendor: '7', 'vendor-name': 'Cellar' };

describe('the published widget', () => {
  it('chats under a strict policy, from another origin', async () => {
    const page = await openShop([CELLAR]);
    const errors = collectErrors(page);
    await launcher(page).click();
    await say(page, { to: 'Cellar', text: 'From a strict page' });
    const box = await page.getByRole('dialog').boundingBox();
    expect(Math.round(box?.width ?? 0)).toBe(400);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('asks for what an open chat needs and for what joins other tabs, and for no other part to open and write', async () => {
    const page = await openShop([CELLAR]);
    const parts = new Set<string>();
    page.on('request', (request) => {
      const [, part] = /parley-(.+)-[\w-]{8}\.js$/u.exec(request.url()) ?? [];
      if (part !== undefined) parts.add(part);
    });
    await launcher(page).click();
    await say(page, { to: 'Cellar', text: 'Few words' });
    await expect.poll(() => [...parts].toSorted()).toContain('sharing');
    expect([...parts].toSorted()).toEqual(['chat', 'customer', 'door', 'sharing']);
  });

  it('keeps the field where it stands while the conversation comes', async () => {
    const page = await openShop([CELLAR]);
    const opening = Promise.withResolvers<void>();
    await page.route(`${server.url}/v1/rooms`, async (route) => {
      await opening.promise;
      await route.continue();
    });
    await launcher(page).click();
    const field = page.getByRole('textbox', { name: 'Message' });
    const place = () =>
      field.evaluate((element: HTMLElement) => [element.offsetLeft, element.offsetWidth]);
    const before = await place();
    expect(await page.getByLabel('Add pictures or files').count()).toBe(0);
    opening.resolve();
    await page.getByLabel('Add pictures or files').waitFor({ state: 'attached' });
    expect(await place()).toEqual(before);
  });

  it('is two people in two shops, where a page has it twice', async () => {
    const page = await openShop([
      { id: 'nino', vendor: '8', 'vendor-name': 'Shop 8' },
      { id: 'leila', vendor: '9', 'vendor-name': 'Shop 9', position: 'start' },
    ]);
    const errors = collectErrors(page);
    for (const [index, to] of ['Shop 8', 'Shop 9'].entries()) {
      await page.locator('parley-chat').nth(index).getByRole('button', { name: /^Open/u }).click();
      await say(page, { to, text: `Hello ${to}` });
    }
    const texts = (name: string) =>
      page.getByRole('dialog', { name }).locator('.bubble__text').allInnerTexts();
    expect(await texts('Shop 8')).toEqual(['Hello Shop 8']);
    expect(await texts('Shop 9')).toEqual(['Hello Shop 9']);

    await page.evaluate(() => {
      const chat: (Element & { logout?: () => void }) | null = document.querySelector('#nino');
      chat?.logout?.();
    });
    await page.getByRole('dialog', { name: 'Shop 8' }).waitFor({ state: 'detached' });
    await say(page, { to: 'Shop 9', text: 'Still here' });
    expect(await texts('Shop 9')).toEqual(['Hello Shop 9', 'Still here']);
    expect(errors).toEqual([]);
  });

  it('turns to another language and direction while it is open', async () => {
    const page = await openShop([CELLAR]);
    await launcher(page).click();
    const dialog = page.getByRole('dialog', { name: 'Cellar' });
    await dialog.getByRole('button', { name: 'Close chat' }).waitFor();
    await setAttribute(page, 'locale', 'de-AT');
    await dialog.getByRole('button', { name: 'Chat schließen' }).waitFor();
    await setAttribute(page, 'locale', 'ar');
    await expect.poll(() => dialog.getAttribute('dir')).toBe('rtl');
    await expect.poll(() => dialog.getAttribute('lang')).toMatch(/^ar/u);
    const corner = async () => (await dialog.boundingBox())?.x;
    await expect.poll(corner).toBe(24);
    await setAttribute(page, 'locale', 'ka-GE');
    await dialog.getByRole('button', { name: 'ჩატის დახურვა' }).waitFor();
    await expect.poll(corner).toBe(DESKTOP.width - 400 - 24);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'ჩატის გახსნა' }).waitFor();
  });

  it('looks the same under a page’s most hostile styles', async () => {
    const sheet = `html { font-size: 40px } body { direction: ltr; letter-spacing: 9px; text-transform: uppercase }
      parley-chat, div, dialog, button, textarea, p, span {
        all: unset !important; color: red !important; font-size: 33px !important; display: none !important;
        transform: rotate(9deg) !important; --accent: red !important }`;
    const page = await openShop([{ ...CELLAR, greeting: 'Hello' }], {
      script: `const sheet = new CSSStyleSheet();
        sheet.replaceSync(${JSON.stringify(sheet)});
        document.adoptedStyleSheets = [sheet];`,
    });
    const button = await launcher(page).boundingBox();
    expect([button?.width, button?.height]).toEqual([56, 56]);
    await launcher(page).click();
    await say(page, { to: 'Cellar', text: 'Can you read this?' });
    const looks = await page.getByRole('dialog').evaluate((dialog) => {
      const styleOf = (selector: string) => {
        const element = dialog.querySelector(selector);
        return element === null ? null : getComputedStyle(element);
      };
      const { fontSize, letterSpacing, textTransform, color } = styleOf('.bubble__text') ?? {};
      const field = styleOf('textarea')?.fontSize;
      return { fontSize, letterSpacing, textTransform, color, field };
    });
    expect(looks).toEqual({
      fontSize: '15px',
      letterSpacing: 'normal',
      textTransform: 'none',
      color: 'rgb(255, 255, 255)',
      field: '16px',
    });
  });

  it('shows a picture under a strict policy, while it goes up and out of the bucket', async () => {
    const page = await openShop([{ ...CELLAR, id: 'leila' }]);
    const errors = collectErrors(page);
    const uploaded = Promise.withResolvers<void>();
    await page.route(`${bucketOf(server.url)}/local/s3/**`, async (route) => {
      if (route.request().method() === 'POST') await uploaded.promise;
      await route.continue();
    });
    await launcher(page).click();
    const file = { name: 'crack.png', mimeType: 'image/png', buffer: PIXEL };
    await page.getByLabel('Add pictures or files').setInputFiles(file);
    const picture = page.locator('.picture img');
    const shown = () =>
      picture.evaluate(({ src, naturalWidth }: HTMLImageElement) => [
        src.split(':')[0],
        naturalWidth,
      ]);
    await expect.poll(shown).toEqual(['blob', 1]);
    uploaded.resolve();
    await expect.poll(shown).toEqual(['http', 1]);
    expect(errors).toEqual([]);
  });

  it('is a sheet on a phone, which going back closes, with the page as it was', async () => {
    const page = await openShop([CELLAR], {
      viewport: PHONE,
      script: "history.replaceState({ router: 7 }, '');",
    });
    await launcher(page).click();
    const dialog = page.getByRole('dialog', { name: 'Cellar' });
    await dialog.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(await page.evaluate(() => (history.state as { router: number }).router)).toBe(7);
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => history.state as unknown)).toEqual({ router: 7 });
    expect(page.url()).toBe(shop.url);

    await launcher(page).click();
    await dialog.getByRole('button', { name: 'Close chat' }).click();
    await dialog.waitFor({ state: 'detached' });
    // its step is gone with it
    await expect.poll(() => page.evaluate(() => history.state as unknown)).toEqual({ router: 7 });
  });
});
