/**
 * Exchanges: the question that opens one, and its first answer. The room's head carries the latest, written with
 * what a message changes there anyway, so that nobody has to look a question up when it is answered.
 */
import type { StoredMessage } from '../message.ts';
import type { Exchange, StoredHead } from '../room.ts';

/** Whoever writes after this much silence begins anew. */
const SILENCE_MS = 60 * 60_000;
/** Characters that say thanks or goodbye; a question is longer, or asks. */
const MAX_CLOSING_LENGTH = 40;
const QUESTION_MARK = /[?？؟;՞፧]/u;

/** The room as it was before a message. */
export type RoomBefore = Pick<
  StoredHead,
  'customer' | 'vendor' | 'exchange' | 'lastFrom' | 'status' | 'lastActivityAt'
>;

/**
 * The room's exchange after a message. A customer opens one by the first message of the room, by writing into a
 * closed one, and by writing after an hour of silence; but not by a short text without a question mark, which thanks
 * for what was said. It is answered by the vendor's next message. An exchange without an answer goes on.
 */
export function exchangeAfter(room: RoomBefore, message: StoredMessage): Exchange | undefined {
  const { exchange } = room;
  const isOpen = exchange !== undefined && exchange.answeredSeq === undefined;
  if (message.sender === room.vendor) {
    return isOpen ? { ...exchange, answeredSeq: message.seq } : exchange;
  }
  if (message.sender !== room.customer) return exchange;
  const opens = room.lastFrom === undefined || (isAnew(room, message, isOpen) && !thanks(message));
  return opens ? { askedAt: message.at } : exchange;
}

/** A vendor who closes a room without a word has said that nothing was left to answer. */
function isAnew(room: RoomBefore, { at }: StoredMessage, isOpen: boolean): boolean {
  if (room.status === 'closed') return true;
  return !isOpen && Date.parse(at) - Date.parse(room.lastActivityAt) >= SILENCE_MS;
}

function thanks({ type, text = '', product }: StoredMessage): boolean {
  if (type !== 'text' || product !== undefined) return false;
  return text.length <= MAX_CLOSING_LENGTH && !QUESTION_MARK.test(text);
}
