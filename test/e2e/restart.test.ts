/** The server goes and comes back while windows are open, and nobody touches them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { startBrowser } from '../support/browser.ts';
import { type LocalServer, portToKeep } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { bubble, openChat, openRoomOf, texts, Windows, write } from './people.ts';

let browser: Browser;
let data: string;
let server: LocalServer | undefined;
const windows = new Windows();

beforeAll(async () => {
  browser = await startBrowser();
  data = mkdtempSync(path.join(tmpdir(), 'parley-'));
});
// Also where a test failed half-way: the next one has a server of its own.
afterEach(async () => {
  await windows.close();
  await server?.stop();
});
afterAll(async () => {
  await browser?.close();
  rmSync(data, { recursive: true, force: true });
});

it('brings what both wrote meanwhile to the other, once and by itself', async () => {
  const args = ['--data', data, '--port', await portToKeep()];
  server = await startWarmServer({ args });
  const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
  await openChat(nino);
  await write(nino, 'Before');
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await openRoomOf(ana, 'Nino');
  await bubble(ana, 'Before').waitFor();
  await server.stop();
  await write(nino, 'Meanwhile, one');
  await write(nino, 'Meanwhile, two');
  await write(ana, 'From the shop meanwhile');
  await nino
    .getByText(/offline/iu)
    .first()
    .waitFor();

  server = await startWarmServer({ args });
  await bubble(ana, 'Meanwhile, two').waitFor();
  await bubble(nino, 'From the shop meanwhile').waitFor();
  const all = ['Before', 'From the shop meanwhile', 'Meanwhile, one', 'Meanwhile, two'];
  expect((await texts(nino)).toSorted()).toEqual(all);
  expect((await texts(ana)).toSorted()).toEqual(all);
});

it('gives a message another chance whose room went with the memory', async () => {
  const args = ['--port', await portToKeep()];
  server = await startWarmServer({ args });
  const nino = await windows.open(browser, `${server.url}/product/blue-bowl?as=nino`);
  await openChat(nino);
  await write(nino, 'Before');
  await nino.getByText(/^(Sent|Delivered|Read)$/u).waitFor();
  await server.stop();
  await write(nino, 'Into the void');
  server = await startWarmServer({ args });
  const ana = await windows.open(browser, `${server.url}/inbox?as=ana`);
  await nino.getByRole('button', { name: 'Retry' }).click();
  await openRoomOf(ana, 'Nino');
  await bubble(ana, 'Into the void').waitFor();
  expect(await texts(ana)).toEqual(['Into the void']);
});
