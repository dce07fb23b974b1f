/** The log's stream: settles what a handler left that died after its commit, and tells whoever is not there. */
import { type LogChange, publishFacts } from '#core/bus/facts.ts';
import { settleChange } from '#core/changes/settle-change.ts';
import { queueReminders } from '#core/reminders/queue.ts';
import { settleRoom } from '#core/settle.ts';
import { answerAway } from '#core/vendor/away.ts';
import { recordAnswers } from '#core/vendor/reply-time.ts';
import { count } from '#runtime/metrics.ts';
import { logChangeOf } from '#runtime/stream/log-change.ts';
import { filePorts } from '#runtime/objects/ports.ts';
import { streamPorts } from '#runtime/stream/ports.ts';
import { Steps } from '#runtime/stream/steps.ts';
import { streamHandler } from '#runtime/stream/stream-handler.ts';

const ports = { ...streamPorts, removeObjects: filePorts.removeObjects };

const isNew = ({ before }: LogChange): boolean => before === null;

export const handler = streamHandler<LogChange>({
  read: logChangeOf,
  keyOf: ({ message }) => message.roomId,
  settle: async (changes) => {
    const [first] = changes;
    if (first === undefined) return;
    const { roomId } = first.message;
    const messages = changes.filter(isNew).map(({ message }) => message);
    const changed = changes.filter((change) => !isNew(change)).map(({ message }) => message.seq);
    const newestSeq = Math.max(0, ...messages.map(({ seq }) => seq));
    const steps = new Steps();

    const settled = await steps.run('settle', () => settleRoom(ports, { roomId, newestSeq }));
    if (settled?.isMended === true) count('Settled');
    // Where settling failed the others go on from what is known, and all of them once more when it is repeated.
    const head =
      settled === null ? await ports.rooms.getHead(roomId, { consistent: true }) : settled.head;
    if (head === null) return steps.finish();
    let { changes: told } = head;
    for (const seq of new Set(changed)) {
      const change = await steps.run('changes', () => settleChange(ports, { roomId, seq }));
      told = Math.max(told, change?.changes ?? 0);
    }
    await steps.run('away', () => answerAway(ports, { head, messages }));
    await steps.run('answers', () => recordAnswers(ports, { head, messages }));
    const queued = await steps.run('reminders', () => queueReminders(ports, { head, messages }));
    if (queued !== null && queued > 0) count('RemindersQueued', queued);
    await steps.run('events', () =>
      publishFacts(ports, { head: { ...head, changes: told }, changes }),
    );
    steps.finish();
  },
  maxParallel: 25,
});
