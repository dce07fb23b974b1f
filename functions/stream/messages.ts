/** The log's stream: settles what a handler left that died after its commit. */
import { settleRoom } from '#core/settle.ts';
import { ports } from '#runtime/compose.ts';
import { count } from '#runtime/metrics.ts';
import { numberKey, streamHandler, textKey } from '#runtime/stream-handler.ts';

interface NewMessage {
  readonly roomId: string;
  readonly seq: number;
}

export const handler = streamHandler<NewMessage>({
  read: (record) => {
    if (record.eventName !== 'INSERT') return null;
    return { roomId: textKey(record, 'roomId'), seq: numberKey(record, 'seq') };
  },
  keyOf: ({ roomId }) => roomId,
  settle: async (messages) => {
    const newestSeq = Math.max(...messages.map(({ seq }) => seq));
    const [{ roomId } = { roomId: '' }] = messages;
    const { isMended } = await settleRoom(ports, { roomId, newestSeq });
    if (isMended) count('Settled');
  },
  maxParallel: 25,
});
