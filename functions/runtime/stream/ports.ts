/** The ports of the functions behind the streams and the queue. Apart from `compose`, so that no other bundle has their clients. */
import { ports } from '../compose.ts';
import { readEnv, readTexts } from '../env.ts';
import { createBus } from './bus.ts';
import { createReminderQueue } from './queue.ts';
import { remindAfterFrom } from './remind-after.ts';

/** Everything that settling a message and reminding of it ask for. */
export const streamPorts = {
  ...ports,
  bus: createBus({ busName: readEnv('EVENT_BUS'), types: readTexts('EVENTS') }),
  queueReminder: createReminderQueue(readEnv('REMINDERS_QUEUE_URL')),
  remindAfter: remindAfterFrom(readEnv('REMINDERS'), readTexts('EVENTS')),
};
