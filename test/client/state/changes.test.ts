/** Edits that are lost, doubled, swapped or late: a client that was away ends up with the same messages as one that was not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MessagePage, PageStart } from '#client/wire/requests.ts';
import {
  EMPTY_TIMELINE,
  isOutdated,
  lastSeqOf,
  missingAfter,
  reduceTimeline,
  type Timeline,
  type TimelineAction,
} from '#client/state/timeline.ts';
import type { Message } from '#protocol/message.ts';

function aMessage(seq: number, version = 0): Message {
  return {
    roomId: 'r',
    seq,
    id: `id-${seq}`,
    type: 'text',
    sender: { member: 'vendor:7', name: 'x', agent: null },
    text: `${seq} in version ${version}`,
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: '2026-11-22T12:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    ...(version === 0 ? {} : { version }),
  };
}

/** What a server does, and what becomes of what it says; numbers choose among what there is. */
type Step =
  | { readonly type: 'write' }
  | { readonly type: 'change'; readonly pick: number; readonly skips: number }
  | { readonly type: 'push'; readonly pick: number; readonly isAgain: boolean }
  | { readonly type: 'lose'; readonly pick: number }
  | { readonly type: 'ask'; readonly start: 'latest' | 'after' | 'before' }
  | { readonly type: 'answer'; readonly pick: number }
  | { readonly type: 'mine'; readonly pick: number };

const pick = fc.nat(99);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ type: 'write' } as const) },
    {
      weight: 5,
      arbitrary: fc.record({ type: fc.constant('change' as const), pick, skips: fc.nat(1) }),
    },
    {
      weight: 7,
      arbitrary: fc.record({ type: fc.constant('push' as const), pick, isAgain: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('lose' as const), pick }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('ask' as const),
        start: fc.constantFrom('latest', 'after', 'before'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('answer' as const), pick }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('mine' as const), pick }) },
  ),
  { maxLength: 60 },
);

const PAGE = 4;

/** A room's log, the pushes that are under way from it, and the answers that are. */
class Course {
  readonly log: Message[] = [];
  changes = 0;
  pushes: TimelineAction[] = [];
  answers: TimelineAction[] = [];
  timeline: Timeline = EMPTY_TIMELINE;

  /** @param isOpen somebody looks at the end of it already */
  constructor(length: number, isOpen: boolean) {
    this.log.push(...Array.from({ length }, (_, index) => aMessage(index + 1)));
    if (isOpen) this.readOn();
  }

  run(step: Step): void {
    switch (step.type) {
      case 'write':
        this.log.push(aMessage(this.log.length + 1));
        this.pushes.push({ type: 'message', message: aMessage(this.log.length) });
        break;
      case 'change':
        this.#change(step.pick, step.skips, true);
        break;
      case 'mine':
        this.#change(step.pick, 0, false);
        break;
      case 'push': {
        const [push] = this.pushes.slice(step.pick % Math.max(1, this.pushes.length));
        if (push && !step.isAgain) this.pushes = this.pushes.filter((other) => other !== push);
        if (push) this.apply(push);
        break;
      }
      case 'lose':
        this.pushes.splice(step.pick % Math.max(1, this.pushes.length), 1);
        break;
      case 'ask':
        if (step.start === 'latest' || this.timeline.isLoaded) this.ask(step.start);
        break;
      case 'answer': {
        const [answer] = this.answers.splice(step.pick % Math.max(1, this.answers.length), 1);
        if (answer) this.apply(answer);
        break;
      }
      default:
    }
  }

  /** One of mine is answered to this client at once, and pushed to everybody else only. */
  #change(which: number, skips: number, isPushed: boolean): void {
    const known = isPushed ? this.log : this.timeline.messages;
    const seq = known[which % Math.max(1, known.length)]?.seq;
    const before = this.log[(seq ?? 0) - 1];
    if (!before) return;
    const message = aMessage(before.seq, (before.version ?? 0) + 1);
    this.log[message.seq - 1] = message;
    this.changes += 1 + skips;
    const { changes } = this;
    if (isPushed) this.pushes.push({ type: 'updated', message, changes });
    else this.apply({ type: 'changed', message });
  }

  apply(action: TimelineAction): void {
    this.timeline = reduceTimeline(this.timeline, action);
  }

  ask(kind: 'latest' | 'after' | 'before'): void {
    const first = this.timeline.messages[0]?.seq ?? 1;
    const start: PageStart =
      kind === 'latest'
        ? 'latest'
        : kind === 'after'
          ? { after: lastSeqOf(this.timeline) }
          : { before: first };
    this.answers.push({ type: 'page', start, page: this.page(start) });
  }

  page(start: PageStart): MessagePage {
    const { changes } = this;
    if (start !== 'latest' && 'after' in start) {
      const rest = this.log.filter(({ seq }) => seq > start.after);
      return { items: rest.slice(0, PAGE), hasMore: rest.length > PAGE, changes };
    }
    const below = this.log.filter(({ seq }) => start === 'latest' || seq < start.before);
    return { items: below.slice(-PAGE), hasMore: below.length > PAGE, changes };
  }

  /** What a reader does about a gap and about missed edits, without a network in between. */
  readOn(): void {
    const take = (start: PageStart) => {
      const page = this.page(start);
      this.apply({ type: 'page', start, page });
      return page;
    };
    if (!this.timeline.isLoaded) take('latest');
    let page = take({ after: lastSeqOf(this.timeline) });
    while (page.hasMore) page = take({ after: lastSeqOf(this.timeline) });
    let { changes } = page;
    if (!isOutdated(this.timeline)) return;
    const oldest = this.timeline.messages[0]?.seq ?? 0;
    for (let first = lastSeqOf(this.timeline) + 1; first > oldest;) {
      const older = take({ before: first });
      first = older.items[0]?.seq ?? oldest;
      changes = Math.min(changes, older.changes);
    }
    this.apply({ type: 'refetched', changes });
  }

  /** What the log says of the part that is shown. */
  get truth(): Message[] {
    const first = this.timeline.messages[0]?.seq ?? 1;
    return this.log.slice(first - 1);
  }
}

describe('edits', () => {
  it('are all there once what was missed is read again, whatever came in whatever order', () => {
    fc.assert(
      fc.property(steps, fc.nat(8), fc.boolean(), (course, length, isOpen) => {
        const room = new Course(length, isOpen);
        for (const step of course) room.run(step);
        room.readOn();
        expect(room.timeline.messages).toEqual(room.truth);
        expect(isOutdated(room.timeline)).toBe(false);
        // What was still under way changes nothing any more.
        for (const late of [...room.pushes, ...room.answers]) room.apply(late);
        room.readOn();
        expect(room.timeline.messages).toEqual(room.truth);
      }),
      { numRuns: 10_000 },
    );
  });

  it('are never missing unnoticed: who lacks one and knows of all that happened, knows that it is outdated', () => {
    fc.assert(
      fc.property(steps, fc.nat(8), fc.boolean(), (course, length, isOpen) => {
        const room = new Course(length, isOpen);
        for (const step of course) room.run(step);
        const { changes: headChanges, log } = room;
        room.apply({ type: 'marks', headChanges, headSeq: log.length, read: {}, delivered: {} });
        const lacksNothing =
          room.timeline.isLoaded &&
          missingAfter(room.timeline) === null &&
          !isOutdated(room.timeline);
        const { truth } = room;
        expect(lacksNothing ? room.timeline.messages : truth).toEqual(truth);
      }),
      { numRuns: 10_000 },
    );
  });

  it('that come one after the other, or swapped, need nothing to be read again', () => {
    const start: Timeline = reduceTimeline(EMPTY_TIMELINE, {
      type: 'page',
      start: 'latest',
      page: { items: [aMessage(1), aMessage(2)], hasMore: false, changes: 4 },
    });
    const five = { type: 'updated', message: aMessage(1, 1), changes: 5 } as const;
    const six = { type: 'updated', message: aMessage(1, 2), changes: 6 } as const;
    expect(isOutdated([five, six].reduce(reduceTimeline, start))).toBe(false);
    expect(isOutdated(reduceTimeline(start, six))).toBe(false);
    expect(isOutdated([six, five].reduce(reduceTimeline, start))).toBe(false);
    const other = { type: 'updated', message: aMessage(2, 1), changes: 6 } as const;
    expect(isOutdated(reduceTimeline(start, other))).toBe(true);
  });

  it('of my own count as the step that their answer shows', () => {
    const start = reduceTimeline(EMPTY_TIMELINE, {
      type: 'page',
      start: 'latest',
      page: { items: [aMessage(1)], hasMore: false, changes: 4 },
    });
    const mine = reduceTimeline(start, { type: 'changed', message: aMessage(1, 1) });
    const told = { type: 'updated', message: aMessage(1, 1), changes: 5 } as const;
    expect(isOutdated(reduceTimeline(mine, told))).toBe(false);
    const next = { type: 'updated', message: aMessage(1, 2), changes: 6 } as const;
    expect(isOutdated(reduceTimeline(mine, next))).toBe(false);
  });
});
