/** Finishing what a handler left that died after its commit. */
import { ChatError } from '#protocol/errors.ts';

import type { SendPorts } from './send.ts';

export type SettlePorts = Pick<
  SendPorts,
  'rooms' | 'messages' | 'connections' | 'push' | 'close' | 'now' | 'wait' | 'report'
>;

/**
 * What stream/messages does per room of a batch: if the head, read consistently, is behind the newest
 * message, pushes what it missed and updates it. Idempotent; a push may come twice and is dropped by its seq.
 * @param command.newestSeq the highest seq of the room's inserted messages in the batch
 */
export async function settleRoom(
  _ports: SettlePorts,
  _command: { roomId: string; newestSeq: number },
): Promise<'settled' | 'mended'> {
  throw new ChatError('unsupported');
}
