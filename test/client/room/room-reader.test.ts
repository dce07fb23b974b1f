import { describe, expect, it } from 'vitest';

import type { MessagePage, PageStart } from '#client/wire/requests.ts';
import { RoomReader } from '#client/room/room-reader.ts';
import { asMessage } from '#client/state/view.ts';
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

import { FakeClock, settled } from '../../support/fake-ports.ts';

const me = { member: 'customer:42', name: 'Nino' } as const;
const queuedAt = '2026-11-22T12:00:00.000Z';

function aMessage(seq: number, text = `text ${seq}`): Message {
  const message = { id: `id-${seq}`, type: 'text', text } as const;
  const entry = { roomId: 'r', message, queuedAt, after: null, failure: null };
  return asMessage(entry, me, { seq, at: queuedAt });
}

/** A reader of a log that a test changes under its hands. */
function setUp(length: number) {
  const clock = new FakeClock();
  const log = Array.from({ length }, (_, index) => aMessage(index + 1));
  const room = { log, changes: 0, asked: [] as PageStart[], isDown: false };
  const listMessages = async (_: string, start: PageStart, limit: number): Promise<MessagePage> => {
    room.asked.push(start);
    if (room.isDown) throw new ChatError('unavailable');
    const { changes } = room;
    if (start !== 'latest' && 'after' in start) {
      const rest = room.log.filter(({ seq }) => seq > start.after);
      return { items: rest.slice(0, limit), hasMore: rest.length > limit, changes };
    }
    const before = start === 'latest' ? Infinity : start.before;
    const older = room.log.filter(({ seq }) => seq < before);
    return { items: older.slice(-limit), hasMore: older.length > limit, changes };
  };
  const errors: unknown[] = [];
  const cuts: string[] = [];
  const reader = new RoomReader({
    roomId: 'r',
    requests: { listMessages },
    ports: { after: clock.after, random: () => 0.5 },
    onChange: () => {},
    onCut: (reason) => cuts.push(reason),
    onError: (error) => errors.push(error),
  });
  const seqs = () => reader.timeline.messages.map(({ seq }) => seq);
  return { clock, room, reader, seqs, errors, cuts };
}

const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a reader', () => {
  it('reads the newest page first, then only what is new', async () => {
    const { room, reader, seqs } = setUp(70);
    await reader.readOn();
    expect(seqs()).toEqual(upTo(21, 70));
    room.log.push(aMessage(71));
    await reader.readOn();
    expect(seqs()).toEqual(upTo(21, 71));
    expect(room.asked).toEqual(['latest', { after: 70 }]);
  });

  it('asks once however many ask it', async () => {
    const { room, reader } = setUp(3);
    await Promise.all([reader.readOn(), reader.readOn()]);
    expect(room.asked).toHaveLength(1);
  });

  it('goes upward page by page and stops at the first message', async () => {
    const { room, reader, seqs } = setUp(120);
    await reader.readOn();
    await Promise.all([reader.readOlder(), reader.readOlder()]);
    await reader.readOlder();
    await reader.readOlder();
    expect(seqs()).toEqual(upTo(1, 120));
    expect(room.asked).toEqual(['latest', { before: 71 }, { before: 21 }]);
  });

  it('goes upward as far as a message that is asked for, by larger pages', async () => {
    const { room, reader, seqs } = setUp(500);
    await reader.readOn();
    await reader.readOlder(220);
    expect(seqs()).toEqual(upTo(151, 500));
    expect(room.asked).toEqual(['latest', { before: 451 }, { before: 351 }, { before: 251 }]);
    await reader.readOlder(300);
    expect(room.asked).toHaveLength(4);
    room.isDown = true;
    await expect(reader.readOlder(3)).rejects.toThrow(ChatError);
  });

  it('refetches all that is shown, however much a reader loaded above', async () => {
    const { room, reader } = setUp(2_600);
    await reader.readOn();
    await reader.readOlder(1);
    room.log[3] = { ...aMessage(4, 'edited'), version: 1 };
    room.changes = 1;
    await reader.readOn();
    expect(reader.timeline.messages[3]?.text).toBe('edited');
    expect(reader.timeline.changes).toBe(1);
  });

  it('reads on through several pages, and begins anew when it is very far behind', async () => {
    const { room, reader, seqs } = setUp(10);
    await reader.readOn();
    room.log.push(...upTo(11, 260).map((seq) => aMessage(seq)));
    await reader.readOn();
    expect(seqs()).toEqual(upTo(1, 260));
    room.log.push(...upTo(261, 2_000).map((seq) => aMessage(seq)));
    await reader.readOn();
    expect(seqs().at(-1)).toBe(2_000);
    expect(seqs()).toEqual(upTo(seqs()[0] ?? 0, 2_000));
  });

  it('refetches what it shows when the counter of edits moved while it was away', async () => {
    const { room, reader } = setUp(10);
    await reader.readOn();
    room.log[3] = { ...aMessage(4, 'edited'), version: 1 };
    room.changes = 1;
    await reader.readOn();
    expect(reader.timeline.messages[3]?.text).toBe('edited');
  });

  it('fills a gap after 300 ms, again with growing pauses while that fails, and not for ever', async () => {
    const { clock, room, reader, seqs, errors } = setUp(3);
    await reader.readOn();
    room.log.push(aMessage(4), aMessage(5));
    room.isDown = true;
    reader.dispatch({ type: 'message', message: aMessage(5) });
    await clock.advance(299);
    expect(room.asked).toHaveLength(1);
    await clock.advance(10 * 60_000);
    expect(room.asked).toHaveLength(9);
    expect(errors).toHaveLength(8);
    room.isDown = false;
    await reader.readOn();
    await settled();
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    expect(clock.pending).toBe(0);
  });
});
