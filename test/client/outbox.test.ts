import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_UNSENT, Outbox, type OutboxOptions } from '#client/outbox.ts';
import {
  memoryStorage,
  type OutboxEntry,
  type OutboxNews,
  type OutboxSiblings,
  type OutboxStorage,
} from '#client/ports.ts';
import { asMessage } from '#client/state/view.ts';
import { createStore } from '#client/store.ts';
import { ChatError, type ErrorCode } from '#protocol/errors.ts';

import { FakeClock, settled } from '../support/fake-ports.ts';

const ME = { member: 'customer:42', name: 'Nino' } as const;

function entry(id: string, roomId = 'r'): OutboxEntry {
  const message = { id, type: 'text', text: id } as const;
  return { roomId, message, queuedAt: '2026-11-22T12:00:00.000Z', after: null, failure: null };
}

/** What happens to one try: stored, stored without an answer, or refused. */
type Fate = 'stored' | 'lost' | ErrorCode;

/** An outbox at a room log that decides each try by the next fate; `stored` when they run out. */
function setUp(fates: Fate[] = [], storage: OutboxStorage = memoryStorage()) {
  const clock = new FakeClock();
  const log: string[] = [];
  const tries: { id: string; after: number | null }[] = [];
  const failed: string[] = [];
  const stored: string[] = [];
  const underway = new Map<string, number>();
  let mostUnderway = 0;
  const uploading = new Set<string>();
  const options: OutboxOptions = {
    ports: { after: clock.after, now: clock.now, random: () => 0.5 },
    identify: () => outbox.open(storage),
    deliver: async (waiting) => {
      const { roomId, message, after } = waiting;
      underway.set(roomId, (underway.get(roomId) ?? 0) + 1);
      mostUnderway = Math.max(mostUnderway, underway.get(roomId) ?? 0);
      await Promise.resolve();
      underway.set(roomId, (underway.get(roomId) ?? 0) - 1);
      tries.push({ id: message.id, after });
      const fate = fates.shift() ?? 'stored';
      if (fate !== 'stored' && fate !== 'lost') throw new ChatError(fate, { retryAfter: 3 });
      if (!log.includes(message.id)) log.push(message.id);
      if (fate === 'lost') throw new ChatError('unavailable');
      const at = '2026-11-22T12:00:00.000Z';
      return {
        message: asMessage(waiting, ME, { seq: log.indexOf(message.id) + 1, at }),
        isDelivered: false,
      };
    },
    readOn: async () => log.length,
    lastSeq: () => log.length,
    find: () => undefined,
    isUploading: (id) => uploading.has(id),
    onStored: ({ message }) => stored.push(message.id),
    onFailed: ({ message }) => failed.push(message.id),
    onChange: () => {},
    onError: (error) => {
      throw error;
    },
  };
  const outbox = new Outbox(options);
  return {
    outbox,
    clock,
    log,
    tries,
    failed,
    stored,
    storage,
    uploading,
    mostUnderway: () => mostUnderway,
  };
}

describe('an outbox', () => {
  it('delivers everything once and in order, through lost answers, refusals to retry and rate limits', async () => {
    const fates = fc.array(
      fc.constantFrom<Fate>('stored', 'lost', 'unavailable', 'rate_limited', 'behind'),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 6 }), async (course, count) => {
        const { outbox, clock, log, stored, storage, mostUnderway } = setUp([...course]);
        const ids = Array.from({ length: count }, (_, index) => `m${index}`);
        for (const id of ids) outbox.add(entry(id));
        await clock.advance(15 * 60_000);
        expect(log).toEqual(ids);
        expect(stored).toEqual(ids);
        expect(outbox.size).toBe(0);
        expect(await storage.load()).toEqual([]);
        expect(mostUnderway()).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the id and the first after on every retry', async () => {
    const { outbox, clock, tries } = setUp(['unavailable', 'lost']);
    outbox.add(entry('a'));
    await clock.advance(60_000);
    expect(tries).toEqual([
      { id: 'a', after: 0 },
      { id: 'a', after: 0 },
      { id: 'a', after: 0 },
    ]);
  });

  it('reads on when it is behind, and tries from there', async () => {
    const { outbox, clock, tries, log } = setUp(['behind']);
    outbox.add({ ...entry('a'), after: 0 });
    log.push('somebody', 'else');
    await clock.advance(1_000);
    expect(tries.map(({ after }) => after)).toEqual([0, 2]);
  });

  it.each<Fate>(['invalid', 'conflict', 'not_found', 'forbidden', 'blocked', 'too_large'])(
    'parks a message that is refused as %s, and sends the rest',
    async (code) => {
      const { outbox, failed, log, storage } = setUp([code]);
      outbox.add(entry('a'));
      outbox.add(entry('b'));
      await settled();
      expect(failed).toEqual(['a']);
      expect(log).toEqual(['b']);
      expect(outbox.of('r')[0]?.failure?.code).toBe(code);
      expect((await storage.load()).map(({ failure }) => failure?.code)).toEqual([code]);
    },
  );

  it.each<Fate>(['unauthorized', 'token_expired'])(
    'keeps a message while its writer is signed out (%s), and sends it after',
    async (code) => {
      const { outbox, clock, failed, log } = setUp(Array<Fate>(8).fill(code));
      outbox.add(entry('a'));
      outbox.add(entry('b'));
      await clock.advance(10_000);
      expect([log, failed]).toEqual([[], []]);
      await clock.advance(5 * 60_000);
      expect([log, failed]).toEqual([['a', 'b'], []]);
    },
  );

  it('parks a message at which the server breaks five times', async () => {
    const { outbox, clock, failed, log } = setUp(Array<Fate>(5).fill('internal'));
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    await clock.advance(5 * 60_000);
    expect(failed).toEqual(['a']);
    expect(log).toEqual(['b']);
  });

  it('sends a failed message again behind those that wait, or forgets it', async () => {
    const { outbox, log } = setUp(['invalid', 'invalid']);
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    outbox.add(entry('c'));
    await settled();
    outbox.retry('a');
    outbox.discard('b');
    await settled();
    expect(log).toEqual(['c', 'a']);
    expect(outbox.size).toBe(0);
  });

  it('does not let one room hold up another', async () => {
    const { outbox, log } = setUp(['unavailable']);
    outbox.add(entry('a', 'one'));
    outbox.add(entry('b', 'two'));
    await settled();
    expect(log).toEqual(['b']);
  });

  it('tries at once when the network is back, unless the server named a delay', async () => {
    const { outbox, log } = setUp(['unavailable', 'rate_limited']);
    outbox.add(entry('a'));
    await settled();
    outbox.nudge();
    await settled();
    outbox.nudge();
    await settled();
    expect(log).toEqual([]);
  });

  it('sends what is added at whatever moment the last one ends', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const { outbox, log } = setUp();
      outbox.add(entry('a'));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      outbox.add(entry('b'));
      await settled();
      expect([turns, ...log]).toEqual([turns, 'a', 'b']);
    }
  });

  it('is bounded and says so', () => {
    const { outbox } = setUp(Array<Fate>(MAX_UNSENT * 2).fill('unavailable'));
    for (let count = 0; count < MAX_UNSENT; count += 1) outbox.add(entry(`m${count}`));
    expect(() => outbox.add(entry('one more'))).toThrow('200 messages wait');
  });

  it('tries nothing before the place to search from is stored', async () => {
    const stored: (() => void)[] = [];
    const put = () => new Promise<void>((resolve) => stored.push(resolve));
    const { outbox, log } = setUp([], { ...memoryStorage(), put });
    outbox.add(entry('a'));
    await settled();
    expect(log).toEqual([]);
    for (const done of stored) done();
    await settled();
    expect(log).toEqual(['a']);
  });

  it('takes up what an earlier page left, before what is new', async () => {
    const storage = memoryStorage();
    await storage.put({ ...entry('old'), after: 7 });
    const { outbox, log, tries } = setUp(['unavailable'], storage);
    outbox.add(entry('new'));
    await settled();
    outbox.nudge();
    await settled();
    expect(log).toEqual(['old', 'new']);
    expect(tries[0]?.after).toBe(7);
  });
});

describe('one of several outboxes at a storage', () => {
  function setUpShared(isSender: boolean) {
    const turn = createStore(isSender);
    const told: OutboxNews[] = [];
    const others = new Set<(news: OutboxNews) => void>();
    const siblings: OutboxSiblings = {
      isSender: turn,
      tell: (news) => told.push(news),
      hear: (listener) => {
        others.add(listener);
        return () => void others.delete(listener);
      },
    };
    const run = setUp([], { ...memoryStorage(), siblings });
    const hear = (news: OutboxNews) => {
      for (const listener of others) listener(news);
    };
    return { ...run, turn, told, hear };
  }

  it('sends nothing before its turn, and then what the storage has too', async () => {
    const { outbox, storage, log, turn } = setUpShared(false);
    await outbox.open(storage);
    outbox.add(entry('mine'));
    await settled();
    await storage.put({ ...entry('of a tab that died'), order: 1 });
    expect(log).toEqual([]);
    turn.set(true);
    await settled();
    expect(log).toEqual(['of a tab that died', 'mine']);
  });

  it('sends what it hears of, in the order of writing, and tells what became of it', async () => {
    const { outbox, storage, log, told, hear } = setUpShared(true);
    await outbox.open(storage);
    hear({ type: 'put', entry: { ...entry('heard'), order: 2 } });
    await settled();
    expect(log).toEqual(['heard']);
    expect(told.map(({ type }) => type)).toEqual(['put', 'stored']);
  });

  it('stops at the end of its turn, with what is under way', async () => {
    const { outbox, storage, log, turn } = setUpShared(true);
    await outbox.open(storage);
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    await Promise.resolve();
    turn.set(false);
    await settled();
    expect(log).toEqual(['a']);
    expect(outbox.of('r').map(({ message }) => message.id)).toEqual(['b']);
  });

  it('shows what others tell: failed, gone, stored, paced', async () => {
    const { outbox, storage, failed, stored, hear } = setUpShared(false);
    await outbox.open(storage);
    outbox.add(entry('a'));
    outbox.add(entry('b'));
    const failure = { code: 'invalid', message: 'No.' } as const;
    const [a, b] = outbox.of('r');
    hear({ type: 'put', entry: { ...(a ?? entry('a')), failure } });
    expect([failed, outbox.of('r')[0]?.failure]).toEqual([['a'], failure]);
    hear({ type: 'removed', id: 'a' });
    hear({ type: 'paced', roomId: 'r', untilMs: 7 });
    expect([outbox.size, outbox.retryAtMs('r')]).toEqual([1, 7]);
    const waiting = b ?? entry('b');
    const message = asMessage(waiting, ME, { seq: 1, at: waiting.queuedAt });
    hear({ type: 'stored', entry: waiting, message, isDelivered: false });
    expect([outbox.size, stored]).toEqual([0, ['b']]);
  });

  it('asks the one whose turn it is to hurry', async () => {
    const { outbox, storage, told } = setUpShared(false);
    await outbox.open(storage);
    outbox.nudge();
    expect(told).toEqual([]);
    outbox.add(entry('a'));
    outbox.nudge();
    expect(told.at(-1)).toEqual({ type: 'nudge' });
  });
});
