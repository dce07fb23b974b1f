/** Reminders as they wait: their delay in the queue's terms, and what is none. */
import { describe, expect, it } from 'vitest';

import { delayOf, parseReminder, type Reminder } from '#core/reminders/reminder.ts';

import { aReminder, START_MS } from '../../support/builders.ts';

describe('the delay of a reminder', () => {
  it.each([
    [-60_000, 0],
    [0, 0],
    [1, 1],
    [1_001, 2],
    [300_000, 300],
    [900_000, 900],
    [900_001, 900],
    [3_600_000, 900],
  ])('that is due in %i ms is %i s', (dueInMs, seconds) => {
    const dueAt = new Date(START_MS + dueInMs).toISOString();
    expect(delayOf(aReminder({ dueAt }), START_MS)).toBe(seconds);
  });
});

describe('a message of the queue', () => {
  it('is the reminder that was put there', () => {
    const reminder = aReminder();
    expect(parseReminder(JSON.stringify(reminder))).toEqual(reminder);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'unread'],
    ['another kind', aReminder({ kind: 'read' as Reminder['kind'] })],
    ['no room', { ...aReminder(), roomId: 7 }],
    ['no side', aReminder({ side: 'admin' as Reminder['side'] })],
    ['half a number', aReminder({ seq: 1.5 })],
    ['no beginning', aReminder({ since: 'yesterday' })],
    ['no hour', aReminder({ dueAt: '' })],
  ])('is refused: %s', (_, value) => {
    expect(() => parseReminder(JSON.stringify(value))).toThrow('is no reminder');
  });

  it('is refused where it is no JSON', () => {
    expect(() => parseReminder('{')).toThrow(SyntaxError);
  });
});
