/** What a conversation shows, and its arrangement into rows: days, a line before what is new, runs of one sender. */
import type { AttachmentView, QuoteView, ReactionView } from '../message/actions.ts';
import { dayKey } from '../text/format.ts';

/** How far an own message has come. */
export type DeliveryStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** A product as a card shows it. */
export interface ProductView {
  id: string;
  title: string;
  url: string;
  image?: string | undefined;
  /** A decimal number as text, with its ISO 4217 code. */
  price?: string | undefined;
  currency?: string | undefined;
}

/** A message as the conversation shows it; whatever delivers it fits this shape. */
export interface MessageView {
  /** The same from the first sight to the end: the id that the sender chose. */
  id: string;
  /** The message's number, or null until it is stored. */
  seq: number | null;
  own: boolean;
  /** Who wrote, where that is worth saying. */
  author: string | null;
  /** Null for a deleted message. */
  text: string | null;
  /** An event of the room rather than somebody's words: shown as a line of its own. */
  isNote: boolean;
  product: ProductView | null;
  attachments: readonly AttachmentView[];
  quote: QuoteView | null;
  reactions: readonly ReactionView[];
  /** Whether one may edit or delete it: own, and young enough. */
  canChange: boolean;
  /** ISO 8601. */
  at: string;
  isEdited: boolean;
  isDeleted: boolean;
  /** Null for other people's messages. */
  status: DeliveryStatus | null;
  /** Why it failed, for people. */
  failure: string | null;
}

/** A line of the conversation. `first` and `last` are of a run by one sender within five minutes. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'note'; key: string; message: MessageView }
  | { kind: 'message'; key: string; message: MessageView; first: boolean; last: boolean };

const RUN_MS = 5 * 60_000;

/**
 * The rows of a conversation, oldest first.
 * @param firstUnreadSeq the first message that was new when the conversation opened, or null
 */
export function arrangeRows(
  messages: readonly MessageView[],
  firstUnreadSeq: number | null,
): Row[] {
  const rows: Row[] = [];
  let previous: MessageView | null = null;
  for (const [index, message] of messages.entries()) {
    const isNewDay = previous === null || dayKey(previous.at) !== dayKey(message.at);
    if (isNewDay) rows.push({ kind: 'day', key: `day-${dayKey(message.at)}`, at: message.at });
    const isNewLine = message.seq !== null && message.seq === firstUnreadSeq;
    if (isNewLine) rows.push({ kind: 'new', key: 'new' });
    const next = messages[index + 1];
    rows.push(
      message.isNote
        ? { kind: 'note', key: message.id, message }
        : {
            kind: 'message',
            key: message.id,
            message,
            first: isNewDay || isNewLine || !isRun(previous, message),
            last: next === undefined || next.seq === firstUnreadSeq || !isRun(message, next),
          },
    );
    previous = message;
  }
  return rows;
}

function isRun(earlier: MessageView | null, later: MessageView): boolean {
  return (
    earlier !== null &&
    !earlier.isNote &&
    !later.isNote &&
    earlier.own === later.own &&
    earlier.author === later.author &&
    dayKey(earlier.at) === dayKey(later.at) &&
    new Date(later.at).getTime() - new Date(earlier.at).getTime() < RUN_MS
  );
}

/** The id of the own message whose status is shown in words: the last own one, or null. */
export function statusMessageId(messages: readonly MessageView[]): string | null {
  return messages.findLast((message) => message.own && !message.isNote)?.id ?? null;
}
