/** How long after a message somebody is told, from the configuration. */
import type { RemindAfter } from '#core/reminders/reminder.ts';

const MINUTE_MS = 60_000;

/**
 * The delays in force. A reminder whose event nobody wants would cost its way through the queue for nothing.
 * @param json `{"unreadMinutes": 5, "waitingMinutes": null}`; null is never
 * @throws Error for anything else
 */
export function remindAfterFrom(json: string, events: readonly string[]): RemindAfter {
  const delays: unknown = JSON.parse(json);
  const millisecondsOf = (name: string): number | null => {
    const minutes: unknown = Object(delays)[name];
    if (minutes === null) return null;
    if (typeof minutes === 'number' && minutes > 0) return minutes * MINUTE_MS;
    throw new Error(`Environment variable REMINDERS has no number of minutes "${name}".`);
  };
  const unread = millisecondsOf('unreadMinutes');
  const waiting = millisecondsOf('waitingMinutes');
  return {
    unread: events.includes('member.unread') ? unread : null,
    waiting: events.includes('customer.waiting') ? waiting : null,
  };
}
