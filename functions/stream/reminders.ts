/** The queue of reminders: who has been away long enough is told, if it still holds. */
import { type Reminder, parseReminder } from '#core/reminders/reminder.ts';
import { remind } from '#core/reminders/remind.ts';
import { count } from '#runtime/metrics.ts';
import { streamPorts } from '#runtime/stream/ports.ts';
import { queueHandler } from '#runtime/stream/queue-handler.ts';

export const handler = queueHandler<Reminder>({
  read: parseReminder,
  keyOf: ({ roomId }) => roomId,
  handle: async (reminder) => {
    if ((await remind(streamPorts, reminder)) === 'told') count('MembersTold');
  },
});
