/** The ports of the functions behind the streams and the queue. Apart from `compose`, so that no other bundle has their clients. */
import type { RemindAfter } from '#core/reminders/reminder.ts';

import { ports } from '../compose.ts';
import { readEnv, readTexts } from '../env.ts';
import { createBus } from './bus.ts';
import { createReminderQueue } from './queue.ts';

const MINUTE_MS = 60_000;

/** Everything that settling a message and reminding of it ask for. */
export const streamPorts = {
  ...ports,
  bus: createBus({ busName: readEnv('EVENT_BUS'), types: readTexts('EVENTS') }),
  queueReminder: createReminderQueue(readEnv('REMINDERS_QUEUE_URL')),
  remindAfter: remindAfterFrom(readEnv('REMINDERS'), readTexts('EVENTS')),
};

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
