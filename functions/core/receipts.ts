/** Read and delivered marks: they only grow, and never pass the end of the room. */
import { ChatError } from '#protocol/errors.ts';

import type { Caller, GetHead } from './access.ts';
import type { FanOutPorts } from './fan-out.ts';
import type { ChangeHead } from './summary.ts';

export interface ReceiptPorts extends FanOutPorts {
  readonly rooms: { getHead: GetHead; changeHead: ChangeHead };
  readonly messages: {
    /** The highest seq in the log, read consistently; 0 for an empty one. */
    newestSeq: (roomId: string) => Promise<number>;
  };
}

/**
 * Moves the caller's read mark, and tells both sides. Beyond the end it is clamped, backwards it is ignored.
 * @throws ChatError `not_found`
 */
export async function markRead(
  _ports: ReceiptPorts,
  _caller: Caller,
  _command: { roomId: string; seq: number },
): Promise<void> {
  throw new ChatError('unsupported');
}
