/** A record that its function cannot settle: what becomes of it, of those behind it, and how an operator settles it later. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StoredHead } from '#core/room.ts';

import type { Invoke } from '../../../lib/local/model.ts';
import {
  aCustomer,
  aVendor,
  connected,
  eventually,
  personAt,
  textsOf,
} from '../../integration/people.ts';
import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { settleFunctionOf, type StackTables, tablesOf } from './tables.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

let stack: LocalStack;
let tables: StackTables;
/** Rooms on whose records the function crashes, and rooms whose records no function ever sees. */
const poisoned = new Set<string>();
const forgotten = new Set<string>();
const batches: number[] = [];
let logged = '';

/** Crashes the function on a batch that holds a poisoned room, as a bug would. */
function crashing(invoke: Invoke): Invoke {
  return async (functionId, event) => {
    if (functionId !== settleFunctionOf(stack)) return invoke(functionId, event);
    const { Records } = event as { Records: { dynamodb: unknown }[] };
    const isOf = (rooms: Set<string>) => (record: object) =>
      [...rooms].some((roomId) => JSON.stringify(record).includes(roomId));
    batches.push(Records.length);
    if (!Records.some(isOf(poisoned))) {
      return invoke(functionId, { Records: Records.filter((record) => !isOf(forgotten)(record)) });
    }
    return { ok: false, errorType: 'Runtime.ExitError', errorMessage: 'Poisoned.' };
  };
}

beforeAll(async () => {
  stack = await startLocalStack({
    wrapInvoke: crashing,
    undocumented: { streamBackoffMs: 20 },
    onLog: (_, text) => void (logged += text),
  });
  tables = tablesOf(stack);
});
afterAll(async () => {
  tables?.close();
  await stack?.stop();
});

/** Rooms of new customers with one shop. */
async function openRooms(vendorId: string, count: number): Promise<string[]> {
  const rooms: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const { client } = personAt(stack, aCustomer());
    rooms.push((await client.openRoom({ vendorId })).roomId);
    client.close();
  }
  return rooms;
}

async function headOf(roomId: string): Promise<StoredHead> {
  return (await tables.get('Rooms', { roomId, part: 'head' })) as unknown as StoredHead;
}

/** As a dead handler leaves it: in the log, and nobody told. */
async function commitIn(roomId: string, seq = 1): Promise<void> {
  const { customer } = await headOf(roomId);
  await tables.commit(roomId, { seq, sender: customer });
}

function queueOf(name: 'FailedRecords' | 'FailedReminders' | 'Reminders'): string {
  const { queues, outputs } = stack.runtime.assembly;
  const queueName = outputs[`${name}QueueUrl`]?.split('/').pop();
  return queues.find((it) => it.queueName === queueName)?.logicalId ?? '';
}

const lettersIn = (name: Parameters<typeof queueOf>[0]) =>
  stack.runtime.queues.messages(queueOf(name)).length;

/** `npm run redrive`, as an operator runs it. */
async function redrive(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['bin/redrive.ts', '--url', stack.url, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

describe('records that cannot be settled', () => {
  const shop = aVendor();
  let ana: ReturnType<typeof personAt>;
  let rooms: string[];
  let poison: string;

  beforeAll(async () => {
    ana = personAt(stack, shop);
    rooms = await openRooms(shop.vendor_id, 5);
    poison = rooms[2] ?? '';
    poisoned.add(poison);
    await connected(ana.client);
    await ana.client.rooms('all').load();
  });
  afterAll(() => {
    poisoned.clear();
    ana.client.close();
  });

  const listed = () =>
    ana.client
      .rooms('all')
      .getState()
      .rooms.map(({ roomId }) => roomId)
      .toSorted();

  it('are found by halving their batch, land in the dead-letter queue one by one, and hold nobody else up', async () => {
    await Promise.all(rooms.map((roomId) => commitIn(roomId)));
    // No function of ours writes a set of numbers: nobody can read this row.
    await tables.put('Messages', { roomId: 'd-unreadable', seq: 1, numbers: new Set([1, 2]) });
    await expect.poll(() => lettersIn('FailedRecords'), { timeout: 40_000 }).toBe(2);
    const [letter] = stack.runtime.queues.messages(queueOf('FailedRecords'));
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 6 },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    expect(batches).toContain(1);
    // A letter names no row: the log does.
    expect(logged).toMatch(/"unreadable record".*"roomId":\{"S":"d-unreadable"\}/u);
    const others = rooms.filter((roomId) => roomId !== poison);
    await eventually(() => expect(listed()).toEqual(others.toSorted()));
    expect((await headOf(poison)).seq).toBe(0);
  });

  it('stay in the queue, named, for as long as their cause is there', async () => {
    const { code, said } = await redrive();
    expect(said).toMatch(/records of the streams: 0 settled, 2 left\.\n {2}\S+ \d+–\d+ of 20/u);
    expect(said).toContain('Poisoned');
    expect(said).toContain('could not settle 1 of 1');
    expect(code).toBe(1);
    expect(lettersIn('FailedRecords')).toBe(2);
  });

  it('are settled by a redrive once that is mended: told, summed up, on the bus, and out of the queue', async () => {
    poisoned.clear();
    const at = new Date().toISOString();
    const reminder = {
      kind: 'unread',
      roomId: 'd-none',
      side: 'vendor',
      seq: 1,
      since: at,
      dueAt: at,
    };
    stack.runtime.queues.send(queueOf('FailedReminders'), reminder);
    const { said } = await redrive();
    expect(said).toContain('Letters of records of the streams: 1 settled, 1 left.');
    expect(said).not.toContain('Poisoned');
    expect(lettersIn('FailedRecords')).toBe(1);
    expect(await headOf(poison)).toMatchObject({
      seq: 1,
      lane: expect.stringContaining('attention'),
    });
    await eventually(() => expect(listed()).toEqual(rooms.toSorted()));
    expect(stack.runtime.events.list().map(({ detail }) => detail['roomId'])).toContain(poison);
    // The reminder went back into its queue, where nothing was left to tell.
    expect(said).toContain('Letters of reminders: 1 settled, 0 left.');
    expect(lettersIn('FailedReminders')).toBe(0);
    const waiting = () =>
      stack.runtime.queues
        .messages(queueOf('Reminders'))
        .filter(({ body }) => body.includes('d-none'));
    await expect.poll(waiting).toEqual([]);
  });
});

describe('what no stream remembers', () => {
  it('is mended from the log, room by room, with the marks and the changes that it has', async () => {
    const shop = aVendor();
    const ana = personAt(stack, shop);
    const [roomId = ''] = await openRooms(shop.vendor_id, 1);
    forgotten.add(roomId);
    await connected(ana.client);
    for (let seq = 1; seq <= 60; seq += 1) await commitIn(roomId, seq);
    const { customer } = await headOf(roomId);
    await tables.commit(roomId, { seq: 60, sender: customer, text: 'Changed', version: 1 });
    await sleep(2_000);
    forgotten.clear();
    expect(await headOf(roomId)).toMatchObject({ seq: 0 });
    const { code, said } = await redrive('--room', roomId);
    expect({ code, said }).toEqual({
      code: 0,
      said: `Room ${roomId}: 60 messages read, settled.\n`,
    });
    expect(await headOf(roomId)).toMatchObject({ seq: 60, changes: 1, read: { customer: 60 } });
    const room = ana.client.room(roomId);
    await room.loadLatest();
    await eventually(() =>
      expect(textsOf(ana.client, roomId).slice(-2)).toEqual(['Number 59', 'Changed']),
    );
    ana.client.close();
  });
});
