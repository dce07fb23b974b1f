/** The outbox: messages of mine that are not stored yet, sent one at a time per room, in order. */
import type { ErrorCode } from '#protocol/errors.ts';
import type { OutgoingMessage } from '#protocol/message.ts';

/** One message on its way. Plain data: it can be stored and read back. */
export interface OutboxEntry {
  readonly roomId: string;
  readonly message: OutgoingMessage;
  /** ISO time of the tap. */
  readonly queuedAt: string;
  /** The last seq the client had when it first tried this id; null before that, or when it had read nothing. */
  readonly after: number | null;
  /** Why it was refused for good; null while it waits. */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}
