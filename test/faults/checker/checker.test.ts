/** A run as it should be has no finding; each planted violation is found by its rule, which names where it is. */
import { describe, expect, it } from 'vitest';

import { checkHistory } from './checker.ts';
import { describeFinding } from './finding.ts';
import {
  NINO,
  ROOM,
  aFetch,
  aMessage,
  aPresence,
  aRun,
  aSend,
  anEdit,
  anEvent,
  timeOf,
  times,
  type Run,
  withMessages,
} from './run.ts';
import { PLANTED } from './violations.ts';

/** What happens on bad days and breaks no promise. */
const HARMLESS: [name: string, plant: (run: Run) => void][] = [
  [
    'a send that was refused and is not there',
    (run) => run.history.add(aSend(5, { outcome: 'unavailable', seq: null })),
  ],
  [
    'a send that nobody heard answered, and is there',
    (run) => {
      run.history.add(aSend(5, { outcome: 'unanswered', seq: null, client: 'phone' }));
      for (const final of [run.nino, run.shop]) {
        Object.assign(
          final,
          withMessages(final, (all) => [...all, aMessage(5)]),
          { unread: 1 },
        );
      }
      run.history.unreadFinals.push({ member: NINO, rooms: 1, messages: 1 });
    },
  ],
  ['a retry with the same answer', (run) => run.history.add(aSend(3, times(30)))],
  [
    'an edit without an answer that did not happen',
    (run) => run.history.add(anEdit({ outcome: 'unanswered' })),
  ],
  [
    'a deletion without an answer that happened',
    (run) => {
      run.history.add(anEdit({ what: 'delete', text: null, outcome: 'unanswered' }));
      for (const final of [run.nino, run.shop]) {
        Object.assign(
          final,
          withMessages(final, (all) => all.with(0, aMessage(1, { text: null }))),
        );
      }
    },
  ],
  [
    'a page with more behind it',
    ({ history }) => history.add(aFetch(0, [aMessage(1)], { hasMore: true })),
  ],
  ['a page that failed', ({ history }) => history.add(aFetch(0, [], { outcome: 'unavailable' }))],
  [
    'a page that was asked for before the message was there',
    ({ history }) => history.add(aFetch(0, [aMessage(1)], times(1.8, 30))),
  ],
  [
    'a device that holds only the end',
    ({ history, nino }) => {
      const messages = nino.messages.slice(2);
      history.deviceFinals.push({
        client: 'phone',
        roomId: ROOM,
        unread: 0,
        unsent: 0,
        messages,
      });
    },
  ],
  [
    'a member who is away and said so',
    ({ history }) =>
      history.add(aPresence({ about: 'customer:eve', online: false, onlineUntil: null })),
  ],
  [
    'an event just after a suspension',
    ({ history }) => {
      history.add({ kind: 'suspension', user: 'ana', atMs: timeOf(0) });
      history.add(anEvent('desk', aMessage(3), 59));
    },
  ],
];

describe('a run as it should be', () => {
  it('has no finding', () => {
    expect(checkHistory(aRun())).toEqual([]);
  });

  it.each(HARMLESS)('takes %s for what it is', (_, plant) => {
    const found = checkHistory(aRun(plant));
    expect(found.filter(({ rule }) => rule !== 'unread' && rule !== 'marks')).toEqual([]);
  });
});

describe('a suspension', () => {
  it.each([
    [2_000, 1],
    [4_000, 0],
  ])('is held to %i ms where a run says so', (suspendedWithinMs, count) => {
    const run = aRun(({ history }) => {
      // The last event of that desk comes at 3.2 s.
      history.add({ kind: 'suspension', user: 'ana', atMs: timeOf(0) });
    });
    const found = checkHistory(run, { suspendedWithinMs });
    expect(found.filter(({ rule }) => rule === 'suspended')).toHaveLength(count);
  });
});

describe('a planted violation', () => {
  it.each(PLANTED)('%s: found by the rule "%s", which names %s', (_, rule, who, plant) => {
    const findings = checkHistory(aRun(plant)).filter((finding) => finding.rule === rule);
    expect(findings).not.toEqual([]);
    expect(findings.flatMap(({ clients }) => clients)).toContain(who);
  });

  it('is described with the seed, the room, the message and the clients', () => {
    const plant = (run: Run) => {
      run.shop = withMessages(run.shop, (all) => all.slice(0, 3));
    };
    const [finding] = checkHistory(aRun(plant)).filter(({ rule }) => rule === 'lost');
    if (finding === undefined) throw new Error('Nothing was found.');
    expect(describeFinding(42, finding)).toBe(
      'lost: was acknowledged and is not there [seed 42 · room d-1 · message 4 (m4) · desk, vendor:shop]',
    );
  });
});
