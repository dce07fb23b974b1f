/** What messages lead to, from who looks at what and what they want to be told. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Arrival,
  type Attention,
  decide,
  MAX_POPUPS,
  NOTHING_TOLD,
  type NotifyEvent,
  type NotifyState,
  SOUND_GAP_MS,
} from '../../../../web/chat/notify/decide.ts';

const ALL = { sound: true, popups: true, badge: true, isAsked: true };
const ELSEWHERE: Attention = { rooms: new Set(), isHere: false };
const HERE: Attention = { rooms: new Set(), isHere: true };
const looksAt = (...rooms: string[]): Attention => ({ rooms: new Set(rooms), isHere: true });

const from = (roomId: string, text = 'Hello'): Arrival => ({ roomId, from: 'Nino', text });

const arrived = (
  arrivals: readonly Arrival[],
  change: Partial<Extract<NotifyEvent, { type: 'arrived' }>> = {},
): NotifyEvent => ({
  type: 'arrived',
  arrivals,
  attention: ELSEWHERE,
  preferences: ALL,
  nowMs: 0,
  ...change,
});

const after = (...events: NotifyEvent[]): NotifyState =>
  events.reduce((state, event) => decide(state, event).state, NOTHING_TOLD);
const kinds = (state: NotifyState, event: NotifyEvent) =>
  decide(state, event).effects.map(({ type }) => type);

describe('a message', () => {
  it('is heard and shown to somebody who is away', () => {
    expect(decide(NOTHING_TOLD, arrived([from('a')])).effects).toEqual([
      { type: 'sound' },
      { type: 'show', arrival: from('a'), count: 1 },
    ]);
  });

  it.each([
    ['is only heard by somebody who looks at the list', HERE, ALL, ['sound']],
    ['is only heard by somebody who looks at another room', looksAt('b'), ALL, ['sound']],
    ['is not told to somebody who looks at its room', looksAt('a'), ALL, []],
    ['is shown without a sound where that is off', ELSEWHERE, { ...ALL, sound: false }, ['show']],
    ['is heard only where notifications are off', ELSEWHERE, { ...ALL, popups: false }, ['sound']],
    ['is not told where both are off', ELSEWHERE, { ...ALL, sound: false, popups: false }, []],
    ['has nothing to do with the badge', ELSEWHERE, { ...ALL, badge: false }, ['sound', 'show']],
  ])('%s', (_, attention, preferences, expected) => {
    expect(kinds(NOTHING_TOLD, arrived([from('a')], { attention, preferences }))).toEqual(expected);
  });
});

describe('a burst', () => {
  it('of one room is one sound and one notification, of the latest', () => {
    const burst = ['one', 'two', 'three'].map((text) => from('a', text));
    expect(decide(NOTHING_TOLD, arrived(burst)).effects).toEqual([
      { type: 'sound' },
      { type: 'show', arrival: from('a', 'three'), count: 3 },
    ]);
  });

  it('of many rooms is one summary', () => {
    const rooms = Array.from({ length: MAX_POPUPS + 1 }, (_, room) => from(String(room)));
    expect(decide(NOTHING_TOLD, arrived([...rooms, from('0')])).effects).toEqual([
      { type: 'sound' },
      { type: 'summary', messages: MAX_POPUPS + 2, rooms: MAX_POPUPS + 1 },
    ]);
    expect(kinds(NOTHING_TOLD, arrived(rooms.slice(1)))).toEqual([
      'sound',
      ...rooms.slice(1).map(() => 'show'),
    ]);
  });

  it('in pieces counts on, and sounds again only after a while', () => {
    const first = after(arrived([from('a')]));
    const soon = decide(first, arrived([from('a', 'more')], { nowMs: SOUND_GAP_MS - 1 }));
    expect(soon.effects).toEqual([{ type: 'show', arrival: from('a', 'more'), count: 2 }]);
    expect(kinds(soon.state, arrived([from('a')], { nowMs: SOUND_GAP_MS }))).toEqual([
      'sound',
      'show',
    ]);
  });
});

describe('a room that is looked at', () => {
  it('needs no notification any more, and counts anew', () => {
    const told = after(arrived([from('a')]), arrived([from('a'), from('b')]));
    const seen = decide(told, { type: 'seen', roomId: 'a' });
    expect(seen.effects).toEqual([{ type: 'close', roomId: 'a' }]);
    expect(decide(seen.state, { type: 'seen', roomId: 'a' }).effects).toEqual([]);
    const again = decide(seen.state, arrived([from('a')], { nowMs: 60_000 }));
    expect(again.effects).toContainEqual({ type: 'show', arrival: from('a'), count: 1 });
  });

  it('that nothing was told of changes nothing', () => {
    const state = after(arrived([from('b')]));
    expect(decide(state, { type: 'seen', roomId: 'a' })).toEqual({ state, effects: [] });
  });
});

describe('whatever happens', () => {
  const room = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const attention = fc.record({ rooms: fc.uniqueArray(room), isHere: fc.boolean() });
  const event = fc.oneof(
    room.map((roomId): NotifyEvent => ({ type: 'seen', roomId })),
    fc
      .record({
        arrivals: fc.array(room.map((roomId) => from(roomId))),
        attention: attention.map(({ rooms, isHere }) => ({ rooms: new Set(rooms), isHere })),
        preferences: fc.record({
          sound: fc.boolean(),
          popups: fc.boolean(),
          badge: fc.boolean(),
          isAsked: fc.boolean(),
        }),
        nowMs: fc.nat(10_000),
      })
      .map((given): NotifyEvent => ({ type: 'arrived', ...given })),
  );

  it('is never a noise: one sound at most, few notifications, none of a room that is looked at', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let state = NOTHING_TOLD;
        for (const step of events) {
          const { state: next, effects } = decide(state, step);
          state = next;
          expect(effects.filter(({ type }) => type === 'sound').length).toBeLessThanOrEqual(1);
          const shown = effects.filter((effect) => effect.type === 'show');
          expect(shown.length).toBeLessThanOrEqual(MAX_POPUPS);
          if (step.type === 'seen') continue;
          expect(effects.length > 0 && step.arrivals.length === 0).toBe(false);
          for (const { arrival } of shown) {
            expect(step.attention.rooms.has(arrival.roomId)).toBe(false);
            expect(state.told.get(arrival.roomId)).toBeGreaterThan(0);
          }
        }
      }),
    );
  });
});
