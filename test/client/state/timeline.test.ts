import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OutboxEntry } from '#client/ports.ts';
import {
  EMPTY_TIMELINE,
  lastSeqOf,
  MAX_MESSAGES,
  missingAfter,
  reduceTimeline,
  type Timeline,
  type TimelineAction,
} from '#client/state/timeline.ts';
import { viewTimeline } from '#client/state/view.ts';
import type { Message } from '#protocol/message.ts';

const ME = { member: 'customer:42', name: 'Nino' } as const;
const VENDOR = 'vendor:7';

function aMessage(seq: number, change: Partial<Message> = {}): Message {
  return {
    roomId: 'r',
    seq,
    id: `id-${seq}`,
    type: 'text',
    sender: { member: seq % 2 === 0 ? VENDOR : ME.member, name: 'x', agent: null },
    text: `text ${seq}`,
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: '2026-11-22T12:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    ...change,
  };
}

function range(from: number, to: number): Message[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => aMessage(from + index));
}

function pageOf(items: Message[], hasMore = false, changes = 0) {
  return { items, hasMore, changes };
}

function run(actions: readonly TimelineAction[], start: Timeline = EMPTY_TIMELINE): Timeline {
  return actions.reduce(reduceTimeline, start);
}

function loaded(to: number, from = 1): Timeline {
  return run([{ type: 'page', start: 'latest', page: pageOf(range(from, to), from > 1) }]);
}

function seqs(timeline: Timeline): number[] {
  return timeline.messages.map(({ seq }) => seq);
}

function entry(id: string, failure: OutboxEntry['failure'] = null): OutboxEntry {
  const message = { id, type: 'text', text: id } as const;
  return { roomId: 'r', message, queuedAt: '2026-11-22T12:00:00.000Z', after: null, failure };
}

describe('messages', () => {
  it('are whole and in order whatever the order, doubling and loss of pushes, once the gap is filled', () => {
    const pushes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), pushes, (known, pushed) => {
        const live = run(
          pushed.map((seq) => ({ type: 'message', message: aMessage(seq) })),
          loaded(known),
        );
        expect(seqs(live)).toEqual(range(1, lastSeqOf(live)).map(({ seq }) => seq));
        const highest = Math.max(known, ...pushed);
        const missing = missingAfter(live);
        expect(missing).toBe(highest > lastSeqOf(live) ? lastSeqOf(live) : null);
        const page = pageOf(range((missing ?? highest) + 1, highest));
        const whole = reduceTimeline(live, {
          type: 'page',
          start: { after: missing ?? highest },
          page,
        });
        expect(seqs(whole)).toEqual(range(1, highest).map(({ seq }) => seq));
        expect(missingAfter(whole)).toBeNull();
        expect(whole.ahead).toEqual([]);
      }),
    );
  });

  it('that came before the first page are kept for it', () => {
    const early = run([{ type: 'message', message: aMessage(4) }]);
    expect(early.messages).toEqual([]);
    const page = pageOf(range(1, 3));
    expect(seqs(run([{ type: 'page', start: 'latest', page }], early))).toEqual([1, 2, 3, 4]);
  });

  it('go upward by pages until there are no more', () => {
    const start = loaded(100, 51);
    expect(start.hasOlder).toBe(true);
    const whole = run([{ type: 'page', start: { before: 51 }, page: pageOf(range(1, 50)) }], start);
    expect(seqs(whole)).toEqual(range(1, 100).map(({ seq }) => seq));
    expect(whole.hasOlder).toBe(false);
  });

  it('begin anew at the end when the newest page does not connect', () => {
    const far = run(
      [{ type: 'page', start: 'latest', page: pageOf(range(80, 90), true) }],
      loaded(10),
    );
    expect(seqs(far)).toEqual(range(80, 90).map(({ seq }) => seq));
    expect(far.hasOlder).toBe(true);
  });

  it('are bounded: the oldest go as new ones come, and can be loaded again', () => {
    const full = loaded(MAX_MESSAGES);
    const next = reduceTimeline(full, { type: 'message', message: aMessage(MAX_MESSAGES + 1) });
    expect(next.messages).toHaveLength(MAX_MESSAGES);
    expect(next.hasOlder).toBe(true);
    expect(lastSeqOf(next)).toBe(MAX_MESSAGES + 1);
  });

  it('that a reader asked for above do not go under their eyes', () => {
    const start = loaded(MAX_MESSAGES + 99, 101);
    const page = pageOf(range(1, 100), false);
    const read = reduceTimeline(start, { type: 'page', start: { before: 101 }, page });
    const next = reduceTimeline(read, { type: 'message', message: aMessage(MAX_MESSAGES + 100) });
    expect(next.messages[0]?.seq).toBe(1);
    expect(lastSeqOf(next)).toBe(MAX_MESSAGES + 100);
  });

  it('that were edited are not taken back by an older page or event', () => {
    const message = aMessage(2, { text: 'edited', version: 2 });
    const edited = reduceTimeline(loaded(3), { type: 'updated', message, changes: 5 });
    const textOf = (timeline: Timeline) => timeline.messages[1]?.text;
    expect(textOf(edited)).toBe('edited');
    const stale = pageOf(range(1, 3), false, 4);
    expect(textOf(run([{ type: 'page', start: 'latest', page: stale }], edited))).toBe('edited');
    expect(reduceTimeline(edited, { type: 'updated', message: aMessage(2), changes: 5 })).toBe(
      edited,
    );
    const fresh = pageOf([aMessage(2, { text: 'again', version: 3 })], false, 6);
    expect(textOf(run([{ type: 'page', start: 'latest', page: fresh }], edited))).toBe('again');
  });

  it('that are known change nothing', () => {
    const timeline = loaded(3);
    expect(reduceTimeline(timeline, { type: 'message', message: aMessage(2) })).toBe(timeline);
  });
});

describe('marks', () => {
  it('only grow', () => {
    const marks = fc.array(fc.record({ read: fc.nat(20), delivered: fc.nat(20) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(marks, (told) => {
        const timeline = run(
          told.map(({ read, delivered }) => ({
            type: 'marks',
            read: { [VENDOR]: read },
            delivered: { [VENDOR]: delivered },
          })),
          loaded(20),
        );
        expect(timeline.read[VENDOR] ?? 0).toBe(Math.max(...told.map(({ read }) => read)));
        expect(timeline.delivered[VENDOR] ?? 0).toBe(
          Math.max(...told.map(({ delivered }) => delivered)),
        );
      }),
    );
  });

  it('beyond the end tell of something missing', () => {
    const timeline = run([{ type: 'marks', headSeq: 5, read: {}, delivered: {} }], loaded(3));
    expect(missingAfter(timeline)).toBe(3);
  });
});

describe('the view', () => {
  it.each([
    [{}, {}, 'sent'],
    [{}, { [VENDOR]: 3 }, 'delivered'],
    [{ [VENDOR]: 3 }, { [VENDOR]: 3 }, 'read'],
    [{ [ME.member]: 3 }, { [ME.member]: 3 }, 'sent'],
  ])(
    'with read %o and delivered %o shows mine as the last case says',
    (read, delivered, status) => {
      const timeline = run([{ type: 'marks', read, delivered }], loaded(3));
      expect(viewTimeline(timeline, ME).map((row) => row.status)).toEqual([status, null, status]);
    },
  );

  it('puts what is on its way behind, and shows nothing twice', () => {
    const failure = { code: 'invalid', message: 'No.' } as const;
    const pending = [entry('id-3'), entry('new'), entry('bad', failure)];
    const rows = viewTimeline(run([{ type: 'pending', pending }], loaded(3)), ME);
    expect(rows.map(({ id, seq, status }) => [id, seq, status])).toEqual([
      ['id-1', 1, 'sent'],
      ['id-2', 2, null],
      ['id-3', 3, 'sent'],
      ['new', null, 'sending'],
      ['bad', null, 'failed'],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(5);
  });

  it('never hides a message of mine that was acknowledged beyond a gap', () => {
    const timeline = run([{ type: 'message', message: aMessage(7) }], loaded(3));
    expect(viewTimeline(timeline, ME).map(({ seq }) => seq)).toEqual([1, 2, 3, 7]);
  });

  it('keeps rows the same objects until they look different', () => {
    const timeline = loaded(2);
    const [mine, theirs] = viewTimeline(timeline, ME);
    const read = run([{ type: 'marks', read: { [VENDOR]: 2 }, delivered: {} }], timeline);
    const [mineRead, theirsRead] = viewTimeline(read, ME);
    expect(theirsRead).toBe(theirs);
    expect(mineRead).not.toBe(mine);
  });
});
