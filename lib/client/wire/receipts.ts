/** Telling the server of a read mark: over the open socket it is cheaper, HTTP serves when there is none. */
import { ChatError } from '#protocol/errors.ts';

import type { Replies } from './replies.ts';
import type { Requests } from './requests.ts';

/** @throws ChatError */
export async function sendRead(
  { replies, requests }: { replies: Pick<Replies, 'ask'>; requests: Pick<Requests, 'readRoom'> },
  roomId: string,
  seq: number,
): Promise<void> {
  try {
    await replies.ask({ action: 'read', roomId, seq });
  } catch (error) {
    if (!(error instanceof ChatError) || !error.retryable) throw error;
    await requests.readRoom(roomId, seq);
  }
}
