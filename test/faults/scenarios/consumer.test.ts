/** The stream's consumer away for long, and batches that come late, twice, or cut otherwise, while handlers die after their commit. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { StoredHead } from '#core/room.ts';
import { DEFAULT_PORTS } from '#client/ports.ts';

import type { Invoke, InvokeResult } from '../../../lib/local/model.ts';
import { type LeapingClock, leapingClock } from '../../support/leaping-clock.ts';
import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { sequenceOf } from '../faults/dice.ts';
import { Cast, SETTINGS, whole } from './cast.ts';
import { settleFunctionOf, type StackTables, tablesOf } from './tables.ts';
import { Traffic } from './traffic.ts';

const SEED = 20_261_130;
const AWAY_MS = 10 * 60_000;
const MESSAGES = 30;

type Records = readonly { dynamodb: { SequenceNumber: string } }[];
type Hand = (records: Records) => Promise<InvokeResult>;

let stack: LocalStack;
let tables: StackTables;
let clock: LeapingClock;
let traffic: Traffic;
let cast: Cast;
/** What happens to a batch on its way to the function. */
let onTheWay: (records: Records, hand: Hand) => Promise<InvokeResult> = (records, hand) =>
  hand(records);

const wrapInvoke =
  (invoke: Invoke): Invoke =>
  (functionId, event) => {
    if (functionId !== settleFunctionOf(stack)) return invoke(functionId, event);
    const { Records } = event as { Records: Records };
    return onTheWay(Records, (records) => invoke(functionId, { Records: records }));
  };

beforeAll(async () => {
  clock = leapingClock();
  traffic = new Traffic();
  stack = await startLocalStack({
    ...SETTINGS,
    clock,
    wrapInvoke: (invoke) => traffic.wrapInvoke(wrapInvoke(invoke)),
  });
  tables = tablesOf(stack);
});
afterEach(() => {
  onTheWay = (records, hand) => hand(records);
  cast.close();
});
afterAll(async () => {
  tables?.close();
  await stack?.stop();
});

/** A customer one in three of whose messages meets a handler that dies right after its commit, and a vendor. */
async function setUp(seed: number) {
  cast = new Cast(() => stack, seed, clock);
  const customer = cast.person('customer');
  const vendor = cast.person('vendor');
  const chance = sequenceOf(seed, 'deaths');
  const met = new Set<string>();
  const fetch: typeof DEFAULT_PORTS.fetch = async (url, init) => {
    const message = init.method === 'POST' && url.endsWith('/messages') ? init.body : undefined;
    const { id = '', text = '' } = (message ? JSON.parse(message) : {}) as Record<string, string>;
    if (id === '' || met.has(id) || !chance.chance(1 / 3)) return DEFAULT_PORTS.fetch(url, init);
    met.add(id);
    const roomId = url.split('/').at(-2) ?? '';
    const seq = (await tables.newestSeq(roomId)) + 1;
    await tables.commit(roomId, { id, text, seq, sender: customer.member, at: timeNow() });
    throw new TypeError('The handler died.');
  };
  const nino = cast.device(customer, { ports: traffic.ports({ ...DEFAULT_PORTS, fetch }) });
  const ana = cast.device(vendor, { ports: traffic.ports() });
  const roomId = await cast.room(customer, vendor, [nino, ana]);
  return { customer, vendor, nino, ana, roomId, deaths: met };
}

/** By the clock that the handlers have. */
const timeNow = () => new Date(clock.now()).toISOString();

type Scene = Awaited<ReturnType<typeof setUp>>;

async function write({ nino, roomId }: Scene): Promise<void> {
  for (let number = 1; number <= MESSAGES; number += 1) {
    nino.chat.room(roomId).send({ text: `Number ${number}` });
  }
  await whole(() => expect(nino.chat.getState().unsent).toBe(0));
}

/** The last message's handler is dead for sure: only the stream can tell of it. */
async function dieAtLast({ customer, nino, roomId }: Scene): Promise<void> {
  const id = crypto.randomUUID();
  const text = 'The last';
  const now = clock.now();
  cast.history.add({
    kind: 'send',
    client: nino.name,
    roomId,
    id,
    text,
    after: MESSAGES,
    outcome: 'unanswered',
    seq: null,
    calledMs: now,
    endedMs: Infinity,
  });
  const last = { id, seq: MESSAGES + 1, sender: customer.member, text, at: timeNow() };
  await tables.commit(roomId, last);
}

const headOf = async (roomId: string) =>
  (await tables.get('Rooms', { roomId, part: 'head' })) as unknown as StoredHead;

/** Everything that follows from the log is there: the summary, every push, every event once by its key, in order. */
async function expectSettled(scene: Scene): Promise<void> {
  const { roomId, ana } = scene;
  const count = MESSAGES + 1;
  await whole(async () => expect((await headOf(roomId)).seq).toBe(count));
  await whole(() => {
    expect(ana.chat.room(roomId).getState().messages.at(-1)?.text).toBe('The last');
  });
  const keysOf = () =>
    stack.runtime.events
      .list()
      .filter((it) => it.detail['roomId'] === roomId && it['detail-type'] === 'message.created')
      .map(({ detail }) => String(detail['key']));
  await whole(() => expect(new Set(keysOf()).size).toBe(count));
  const first = [...new Set(keysOf())];
  const numbers = first.map((key) => Number(/(\d+)$/u.exec(key)?.[1]));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
}

describe('a consumer of the stream that is away', () => {
  it('settles everything in order when it is back, once, whatever died meanwhile', async () => {
    const scene = await setUp(SEED);
    let isBack = false;
    const held: (() => void)[] = [];
    onTheWay = async (records, hand) => {
      if (!isBack) await new Promise<void>((resolve) => held.push(resolve));
      return hand(records);
    };
    await write(scene);
    await dieAtLast(scene);
    await clock.pass(AWAY_MS, traffic.settled);
    expect(scene.deaths.size).toBeGreaterThan(MESSAGES / 6);
    expect((await headOf(scene.roomId)).seq).toBeLessThan(MESSAGES + 1);
    isBack = true;
    for (const go of held) go();
    await expectSettled(scene);
    expect(await cast.judge(scene.roomId, MESSAGES + 1)).toEqual([]);
  }, 180_000);

  it.each([SEED + 1, SEED + 2])(
    'whose batches come late, twice or cut otherwise tells everything once (seed %i)',
    async (seed) => {
      const chance = sequenceOf(seed, 'batches');
      const kinds = { late: 0, doubled: 0, cut: 0 };
      onTheWay = async (records, hand) => {
        if (chance.chance(0.5)) {
          kinds.late += 1;
          await sleep(chance.below(1_500));
        }
        if (chance.chance(0.5)) {
          kinds.doubled += 1;
          await hand(records);
        }
        if (records.length < 2) return hand(records);
        kinds.cut += 1;
        const at = 1 + chance.below(records.length - 1);
        const first = await hand(records.slice(0, at));
        const second = await hand(records.slice(at));
        return first.ok ? second : first;
      };
      const scene = await setUp(seed);
      await write(scene);
      await dieAtLast(scene);
      await expectSettled(scene);
      expect(Math.min(kinds.late + kinds.doubled, kinds.cut)).toBeGreaterThan(0);
      expect(await cast.judge(scene.roomId, MESSAGES + 1)).toEqual([]);
    },
    180_000,
  );
});
