/** What a walk through the screens happens in: a server, a language, a screen, and people in it. */
import type { Browser, Locator, Page } from 'playwright-core';

import type { Language } from '../../../web/words/language.ts';
import type { SpokenWords } from '../../support/spoken.ts';
import type { PHONE, Windows } from '../people.ts';

/** Where, in which language, and on what a walk is shown. */
export interface Stage {
  browser: Browser;
  url: string;
  windows: Windows;
  language: Language;
  words: SpokenWords;
  viewport: typeof PHONE;
}

/** Called at each state, with the page as it stands. */
export type Look = (page: Page, state: string) => Promise<void>;

/** A way through one part of the product, from state to state. */
export type Walk = (stage: Stage, look: Look) => Promise<void>;

interface Visit {
  path: string;
  /** A person of the demo: `nino`, `ana`. */
  as: string;
  /** Somebody who was never here, in that person's place; other claims of the token too. */
  stranger?: object;
}

let strangers = 0;

/** A window in the stage's language where nothing moves. */
export async function openWindow(stage: Stage, visit: Visit): Promise<Page> {
  const { browser, windows, viewport } = stage;
  const page = await windows.open(browser, 'about:blank', { viewport });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (visit.stranger !== undefined) await asStranger(page, visit.stranger);
  await goTo(page, stage, visit);
  return page;
}

/** Goes on to another address, in the same language. */
export async function goTo(page: Page, stage: Stage, { path, as }: Visit): Promise<void> {
  await page.goto(`${stage.url}${path}?as=${as}&lang=${stage.language}`);
}

/** The demo asks its issuer for a person's token; this one asks for somebody else's. */
async function asStranger(page: Page, claims: object): Promise<void> {
  strangers += 1;
  const sub = `stranger-${process.pid}-${strangers}`;
  await page.route('**/local/token', (route) => {
    const asked: unknown = route.request().postDataJSON();
    return route.continue({ postData: JSON.stringify({ ...Object(asked), sub, ...claims }) });
  });
}

/** A shop that nobody wrote to yet. */
export function newShop(): { vendor_id: string; vendor_name: string } {
  return { vendor_id: `new-${process.pid}-${strangers}`, vendor_name: 'A new shop' };
}

/** Holds requests until it is opened, so that a page can be seen waiting. */
export async function holdRequests(page: Page, pattern: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(pattern, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

export const composer = (page: Page, { words }: Stage): Locator =>
  page.getByRole('textbox', { name: words.customer.conversation.message, exact: true });

/** Writes and sends. */
export async function say(page: Page, stage: Stage, text: string): Promise<void> {
  await composer(page, stage).fill(text);
  const { send } = stage.words.customer.conversation;
  await page.getByRole('button', { name: send, exact: true }).click();
}

/** The message with these words. */
export const messageOf = (page: Page, text: string): Locator =>
  page.getByRole('log').locator('.message').filter({ hasText: text });

/** Opens the tools of a message. @returns a button of them by its name */
export async function openTools(
  page: Page,
  stage: Stage,
  text: string,
): Promise<(name: string) => Locator> {
  const row = messageOf(page, text);
  await row.hover();
  const { tools } = stage.words.customer.conversation;
  await row.getByRole('button', { name: tools }).click();
  await row.getByRole('toolbar', { name: tools }).waitFor();
  return (name) => row.getByRole('button', { name, exact: true });
}

/** Until the latest message is on the server. */
export async function isStored(page: Page, { words }: Stage): Promise<void> {
  const { sent, delivered, read } = words.customer.conversation.status;
  // The whole text: German says "Wird gesendet" before "Gesendet".
  const says = new RegExp(`^(?:${sent}|${delivered}|${read})$`, 'u');
  await page.getByTestId('message-status').filter({ hasText: says }).waitFor();
}
