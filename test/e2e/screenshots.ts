/** `npm run screenshots`: plays a short conversation and keeps the pictures that the README shows. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { startBrowser } from '../support/browser.ts';
import { type LocalServer, startServer } from '../support/server.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/images');
const WINDOW = { width: 1120, height: 720 };

/** A window of one person: nothing moves in the picture. */
async function openWindow(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: WINDOW,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

async function ask(page: Page, product: RegExp, text: string): Promise<void> {
  await page.getByRole('link', { name: product }).first().click();
  await page.getByRole('button', { name: /Chat with/iu }).click();
  await write(page, text);
  await page.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

async function thank(page: Page, text: string): Promise<void> {
  const row = page.getByRole('log').locator('.message').filter({ hasText: text });
  await row.hover();
  await row.getByRole('button', { name: 'React, answer and more' }).click();
  await row.getByRole('button', { name: 'React with ❤️' }).click();
}

async function playAndShoot(browser: Browser, server: LocalServer): Promise<void> {
  const ana = await openWindow(browser, `${server.url}/inbox?as=ana`);
  const giorgi = await openWindow(browser, `${server.url}/?as=giorgi`);
  await ask(giorgi, /mug/iu, 'გამარჯობა! ორი ცალი გაქვთ?');
  const nino = await openWindow(browser, `${server.url}/?as=nino`);
  await ask(nino, /Blue bowl/iu, 'Hello! Is the blue bowl dishwasher safe?');
  await ana.getByRole('list', { name: 'Conversations' }).getByText('Nino').first().click();
  await nino.getByText('Read', { exact: true }).waitFor();
  await write(ana, 'Hello Nino! It is. The white line stays brighter if you wash it by hand.');
  await nino.getByText(/stays brighter/u).waitFor();
  await thank(nino, 'stays brighter');
  await write(nino, 'Wonderful. Could it be in Batumi by Friday?');
  await ana
    .getByRole('log')
    .getByText(/Batumi by Friday/u)
    .waitFor();
  await nino.getByText('Read', { exact: true }).waitFor();
  await shoot(nino, 'shop');
  await nino.getByRole('textbox', { name: 'Message' }).pressSequentially('My mother');
  await ana
    .locator('.typing')
    .getByText(/is typing/u)
    .waitFor();
  await shoot(ana, 'inbox');
}

mkdirSync(FOLDER, { recursive: true });
const [server, browser] = await Promise.all([startServer(), startBrowser()]);
try {
  await playAndShoot(browser, server);
} finally {
  await browser.close();
  await server.stop();
}
console.log('Wrote docs/images/shop.png and docs/images/inbox.png.');
