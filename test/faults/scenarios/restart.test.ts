/** What survives when things die: the client in the middle of its outbox, the whole runtime, and the database engine, killed outright. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { Cast, type Device, SETTINGS, whole } from './cast.ts';

const SEED = 20_261_130;

let folder: string;
let stack: LocalStack;
let cast: Cast;

async function start(port = 0): Promise<void> {
  stack = await startLocalStack({ ...SETTINGS, dataFolder: folder, port });
}

/** Stops everything and starts it again where it was. */
async function restart(): Promise<void> {
  const { port } = stack.runtime;
  await stack.stop();
  await start(port);
}

async function setUp() {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parley-restart-'));
  await start();
  cast = new Cast(() => stack, SEED);
  const customer = cast.person('customer');
  const vendor = cast.person('vendor');
  const nino = cast.device(customer);
  const ana = cast.device(vendor, { sendOver: 'socket' });
  const roomId = await cast.room(customer, vendor, [nino, ana]);
  return { customer, nino, ana, roomId };
}

afterEach(async () => {
  cast.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const seqsOf = ({ chat }: Device, roomId: string) =>
  chat
    .room(roomId)
    .getState()
    .messages.flatMap(({ seq }) => seq ?? []);

/** Writes until it is told to end. @returns what ends it, and how many it wrote */
function writing({ chat }: Device, roomId: string, everyMs: number) {
  let count = 0;
  const timer = setInterval(() => {
    // A person stops writing into a window that shows nothing but clocks.
    if (chat.getState().unsent > 10) return;
    count += 1;
    chat.room(roomId).send({ text: `${count} while things die` });
  }, everyMs);
  return () => {
    clearInterval(timer);
    return count;
  };
}

describe('an outbox of 50 messages', () => {
  it('is sent once, in its order, across a crash of the client and a restart of everything', async () => {
    const { customer, nino, ana, roomId } = await setUp();
    nino.setNetwork(false);
    for (let number = 1; number <= 50; number += 1) {
      nino.chat.room(roomId).send({ text: `Number ${number}` });
    }
    await sleep(100);
    nino.setNetwork(true);
    await whole(() => expect(seqsOf(nino, roomId).length).toBeGreaterThan(5));
    nino.crash();
    const left = (await nino.storage.load()).length;
    expect(left).toBeGreaterThan(10);

    const again = cast.device(customer, { storage: nino.storage });
    again.chat.connect();
    const room = again.chat.room(roomId);
    room.watch();
    await whole(async () => expect((await again.storage.load()).length).toBeLessThan(left - 5));
    await restart();
    await whole(async () => expect(await again.storage.load()).toEqual([]));
    await room.loadLatest();
    expect(await cast.judge(roomId, 50)).toEqual([]);
    const texts = ana.chat
      .room(roomId)
      .getState()
      .messages.map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 50 }, (_, at) => `Number ${at + 1}`));
  }, 180_000);
});

describe('people who write without a pause', () => {
  it('lose nothing and see nothing twice when the whole runtime restarts, twice', async () => {
    const { nino, ana, roomId } = await setUp();
    const ends = [writing(nino, roomId, 60), writing(ana, roomId, 90)];
    for (let time = 0; time < 2; time += 1) {
      await sleep(1_500);
      await restart();
    }
    await sleep(1_500);
    const written = ends.map((end) => end()).reduce((sum, count) => sum + count, 0);
    expect(await cast.judge(roomId, written)).toEqual([]);
  }, 180_000);

  it('lose nothing that was acknowledged when the database engine is killed, and started on its file', async () => {
    const { nino, ana, roomId } = await setUp();
    const ends = [writing(nino, roomId, 40), writing(ana, roomId, 60)];
    for (let time = 0; time < 3; time += 1) {
      await sleep(1_000);
      const { enginePid } = stack.runtime.figures();
      expect(enginePid).toBeGreaterThan(1);
      process.kill(enginePid ?? 0, 'SIGKILL');
      await sleep(200);
      await restart();
    }
    await sleep(1_000);
    const written = ends.map((end) => end()).reduce((sum, count) => sum + count, 0);
    expect(await cast.judge(roomId, written)).toEqual([]);
    const acknowledged = cast.history.entries.filter(
      (it) => it.kind === 'send' && it.outcome === 'ok',
    );
    expect(acknowledged.length).toBeGreaterThan(10);
  }, 180_000);
});
