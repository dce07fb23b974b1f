/** The way through the vendor's inbox. */
import type { Page } from 'playwright-core';

import {
  composer,
  goTo,
  holdRequests,
  messageOf,
  newShop,
  openTools,
  openWindow,
  say,
  type Look,
  type Stage,
  type Walk,
} from './stage.ts';

/** A new shop's empty lists, then a shop that is asked something. */
export const inbox: Walk = async (stage, look) => {
  await emptyLists(stage, look);
  await askAtTheShop(stage, 'A question for the inbox');
  const { words } = stage;
  const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
  const rooms = ana.getByRole('list', { name: words.inbox.conversations });
  const row = rooms.getByRole('listitem').filter({ hasText: 'A question for the inbox' }).first();
  await row.waitFor();
  await look(ana, 'the inbox, a list');
  await aroundTheList(stage, ana, look);
  await row.click();
  await messageOf(ana, 'A question for the inbox').waitFor();
  await look(ana, 'the inbox, a room');
  await say(ana, stage, 'An answer from the inbox');
  await messageOf(ana, 'An answer from the inbox').waitFor();
  await openTools(ana, stage, 'An answer from the inbox');
  await look(ana, 'the inbox, the tools of a message');
  await savedReplies(stage, ana, look);
  await aboutTheRoom(stage, ana, look);
  await ana.getByRole('button', { name: words.inbox.close, exact: true }).click();
  await ana.getByRole('log').getByText(words.inbox.words.note('closed', {})).waitFor();
  await look(ana, 'the inbox, a closed room');
};

/** A customer who was never here asks Ana's shop. */
export async function askAtTheShop(stage: Stage, text: string): Promise<Page> {
  const nino = await openWindow(stage, { path: '/product/blue-bowl', as: 'nino', stranger: {} });
  await nino.getByRole('button', { name: stage.words.launch.chat }).click();
  await say(nino, stage, text);
  return nino;
}

async function emptyLists(stage: Stage, look: Look): Promise<void> {
  const { inbox: words } = stage.words;
  const page = await openWindow(stage, { path: '/', as: 'ana', stranger: newShop() });
  const letThrough = await holdRequests(page, '**/v1/rooms?**');
  await goTo(page, stage, { path: '/inbox', as: 'ana' });
  await page.getByText(words.loading).waitFor();
  await look(page, 'the inbox, loading');
  letThrough();
  for (const filter of ['waiting', 'all', 'unread', 'closed'] as const) {
    await page.getByRole('button', { name: words.filter[filter] }).click();
    await page.getByText(words.empty[filter].title).waitFor();
    await look(page, `the inbox, nothing under "${filter}"`);
  }
}

async function aroundTheList(stage: Stage, ana: Page, look: Look): Promise<void> {
  const { desk } = stage.words.inbox;
  await ana
    .getByRole('textbox', { name: desk.find.label })
    .or(ana.getByRole('searchbox'))
    .fill('zzz');
  await ana.getByText(desk.find.nothing.title).waitFor();
  await look(ana, 'the inbox, nothing found');
  await ana
    .getByRole('searchbox')
    .or(ana.getByRole('textbox', { name: desk.find.label }))
    .fill('');
  await ana.getByRole('button', { name: desk.choose.several }).click();
  await ana.getByRole('list').getByRole('checkbox').first().check();
  await look(ana, 'the inbox, choosing several');
  await ana.getByRole('button', { name: desk.choose.end }).click();
  await ana.keyboard.press('?');
  await ana.getByRole('dialog', { name: desk.help.title }).waitFor();
  await look(ana, 'the inbox, its keys');
  await ana.keyboard.press('Escape');
}

async function savedReplies(stage: Stage, ana: Page, look: Look): Promise<void> {
  const field = composer(ana, stage);
  await field.fill('/');
  await ana
    .getByText(stage.words.inbox.desk.replies.none)
    .or(ana.getByRole('listbox').getByRole('option'))
    .first()
    .waitFor();
  await look(ana, 'the inbox, saved replies');
  await field.fill('');
}

/** A third pane where there is room, else a drawer. */
async function aboutTheRoom(stage: Stage, ana: Page, look: Look): Promise<void> {
  const { inbox: words } = stage.words;
  const about = ana.getByRole('link', { name: words.context });
  const isDrawer = await about.isVisible();
  if (isDrawer) await about.click();
  await ana.getByRole('textbox', { name: words.newNote }).fill('Wants a matching plate');
  await ana.getByRole('button', { name: words.addNote }).click();
  await ana.getByText('Wants a matching plate').last().waitFor();
  await ana.getByRole('button', { name: words.desk.labels.add }).click();
  await ana.getByRole('textbox', { name: words.desk.labels.name }).waitFor();
  await look(ana, 'the inbox, a note and labels');
  await ana.keyboard.press('Escape');
  if (isDrawer) await ana.getByRole('button', { name: words.desk.backToRoom }).click();
}
