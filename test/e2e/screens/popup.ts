/** The way through a conversation in the popup: everything that can happen to messages. */
import type { Page } from 'playwright-core';

import {
  type Look,
  messageOf,
  holdRequests,
  openTools,
  openWindow,
  say,
  type Stage,
  type Walk,
} from './stage.ts';

// 1 × 1, transparent
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** From the first look to the last word. */
export const popup: Walk = async (stage, look) => {
  const { words } = stage;
  const { conversation } = words.customer;
  const nino = await openWindow(stage, { path: '/product/blue-bowl', as: 'nino', stranger: {} });
  await refuse(nino, 'This one is refused');
  const letThrough = await holdRequests(nino, '**/v1/rooms');
  await nino.getByRole('button', { name: words.launch.chat }).click();
  await nino.getByRole('status', { name: conversation.loading }).waitFor();
  await look(nino, 'the popup, loading');
  letThrough();
  await nino.getByRole('log').waitFor();
  await look(nino, 'the popup, empty');
  await pickEmoji(stage, nino, look);
  await say(nino, stage, 'This one is refused');
  await nino.getByRole('button', { name: conversation.retry }).waitFor();
  await look(nino, 'the popup, a message that failed');
  await nino.getByRole('button', { name: conversation.discard, exact: true }).click();
  await say(nino, stage, 'Is it deep? See https://parley.example/blue-bowl');
  await messageOf(nino, 'Is it deep?').getByTestId('message-status').waitFor();
  await look(nino, 'the popup, the first message');
  const ana = await answer(stage, 'Is it deep?');
  await messageOf(nino, 'Nine centimetres').waitFor();
  await look(nino, 'the popup, an answer');
  await useTools(stage, nino, look);
  await showFiles(stage, nino, look);
  await endings(stage, { nino, ana, look });
  await beTooFast(stage, look);
};

/** The server takes no message with these words. */
async function refuse(page: Page, words: string): Promise<void> {
  await page.route('**/v1/rooms/*/messages', (route) => {
    const isIt = route.request().postData()?.includes(words) === true;
    if (!isIt) return route.continue();
    return route.fulfill({ status: 400, json: { code: 'invalid', title: 'No.', status: 400 } });
  });
  await page.routeWebSocket(/\/ws/u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const { action, ref } = parseFrame(text);
      if (action === 'send' && text.includes(words)) {
        socket.send(JSON.stringify({ event: 'error', ref, code: 'invalid', message: 'No.' }));
      } else server.send(text);
    });
  });
}

function parseFrame(text: string | Buffer): { action?: unknown; ref?: unknown } {
  const frame: unknown = JSON.parse(String(text));
  return Object(frame);
}

async function pickEmoji(stage: Stage, nino: Page, look: Look): Promise<void> {
  const { conversation } = stage.words.customer;
  const { search } = await conversation.loadEmoji();
  const field = nino.locator('.composer');
  const button = field.getByRole('button', { name: conversation.emoji });
  await button.click();
  await field.getByRole('option').first().waitFor();
  await look(nino, 'the popup, the emoji picker');
  await nino.getByRole('combobox', { name: search }).fill('zzzz');
  await field.getByRole('option').first().waitFor({ state: 'detached' });
  await look(nino, 'the popup, no such emoji');
  await button.click();
  await nino.getByRole('combobox', { name: search }).waitFor({ state: 'detached' });
}

/** Somebody else, who has to wait for longer than anybody looks. */
async function beTooFast(stage: Stage, look: Look): Promise<void> {
  const giorgi = await openWindow(stage, {
    path: '/product/blue-bowl',
    as: 'giorgi',
    stranger: {},
  });
  await giorgi.route('**/v1/rooms/*/messages', (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const headers = { 'retry-after': '600', 'content-type': 'application/problem+json' };
    const body = JSON.stringify({ status: 429, code: 'rate_limited', title: 'Too fast' });
    return route.fulfill({ status: 429, headers, body });
  });
  await giorgi.getByRole('button', { name: stage.words.launch.chat }).click();
  await giorgi.getByRole('log').waitFor();
  await say(giorgi, stage, 'Too fast');
  await giorgi.locator('.composer__left').waitFor();
  await look(giorgi, 'the popup, a pause');
}

/** Ana opens the room that these words came to, and answers. */
async function answer(stage: Stage, text: string): Promise<Page> {
  const ana = await openWindow(stage, { path: '/inbox', as: 'ana' });
  const rooms = ana.getByRole('list', { name: stage.words.inbox.conversations });
  await rooms.getByText(text).first().click();
  await say(ana, stage, 'Nine centimetres. تسعة سنتيمترات');
  return ana;
}

async function useTools(stage: Stage, nino: Page, look: Look): Promise<void> {
  const { conversation } = stage.words.customer;
  const tools = await conversation.loadSeldom();
  const tool = await openTools(nino, stage, 'Nine centimetres');
  await look(nino, 'the popup, the tools of a message');
  await tool(tools.reactWith('👍')).click();
  await nino.getByRole('button', { name: conversation.reaction('👍', 1) }).waitFor();
  await (await openTools(nino, stage, 'Nine centimetres'))(tools.reply).click();
  await nino.getByRole('button', { name: conversation.cancel, exact: true }).waitFor();
  await look(nino, 'the popup, replying');
  await say(nino, stage, 'And how wide?');
  await messageOf(nino, 'And how wide?').waitFor();
  await (await openTools(nino, stage, 'And how wide?'))(tools.edit).click();
  await nino.getByText(conversation.editing).waitFor();
  await look(nino, 'the popup, editing');
  await say(nino, stage, 'And how wide is it?');
  await nino.getByText(conversation.edited).waitFor();
  await look(nino, 'the popup, an edited answer with a quote');
}

async function showFiles(stage: Stage, nino: Page, look: Look): Promise<void> {
  const { conversation } = stage.words.customer;
  await nino.getByLabel(conversation.attach).setInputFiles([
    { name: 'crack.png', mimeType: 'image/png', buffer: PIXEL },
    { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%âãÏÓ\n') },
  ]);
  const send = nino.getByRole('button', { name: conversation.send, exact: true });
  const picture = nino.getByRole('button', { name: conversation.openPicture('crack.png') });
  await picture.or(send).first().waitFor();
  if (await send.isEnabled()) await send.click();
  await picture.click();
  await nino.getByRole('dialog', { name: 'crack.png' }).waitFor();
  await look(nino, 'the popup, the viewer');
  await nino.keyboard.press('Escape');
  await look(nino, 'the popup, a picture and a file');
}

interface Ending {
  nino: Page;
  ana: Page;
  look: Look;
}

async function endings(stage: Stage, { nino, ana, look }: Ending): Promise<void> {
  const { customer, inbox } = stage.words;
  const tools = await customer.conversation.loadSeldom();
  await (await openTools(nino, stage, 'And how wide is it?'))(tools.remove).click();
  await nino.getByRole('button', { name: tools.removeForAll }).click();
  await nino.getByText(customer.conversation.deleted).waitFor();
  await ana.getByRole('button', { name: inbox.close, exact: true }).click();
  await nino.getByRole('log').getByText(customer.words.note('closed', {})).waitFor();
  await look(nino, 'the popup, a deleted message in a closed conversation');
  await nino.context().setOffline(true);
  await nino.getByText(customer.conversation.offline).waitFor();
  await look(nino, 'the popup, offline');
}
