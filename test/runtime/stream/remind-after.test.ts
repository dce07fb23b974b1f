/** The delays in force: what is configured, and wanted. */
import { describe, expect, it } from 'vitest';

import { remindAfterFrom } from '#runtime/stream/remind-after.ts';

const BOTH = ['member.unread', 'customer.waiting'];
const json = (unreadMinutes: unknown, waitingMinutes: unknown) =>
  JSON.stringify({ unreadMinutes, waitingMinutes });

describe('the delays', () => {
  it.each([
    [json(5, 60), BOTH, { unread: 300_000, waiting: 3_600_000 }],
    [json(0.05, null), BOTH, { unread: 3_000, waiting: null }],
    [json(5, 60), ['member.unread'], { unread: 300_000, waiting: null }],
    [json(5, 60), ['customer.waiting'], { unread: null, waiting: 3_600_000 }],
    [json(5, 60), [], { unread: null, waiting: null }],
  ])('of %s with %j are %j', (text, events, expected) => {
    expect(remindAfterFrom(text, events)).toEqual(expected);
  });

  it.each([json('5', 60), json(0, 60), json(-1, 60), '{}', 'null', '[]'])('refuse %s', (text) => {
    expect(() => remindAfterFrom(text, BOTH)).toThrow('REMINDERS has no number');
  });
});
