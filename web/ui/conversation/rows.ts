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

interface RowBase {
  key: string;
  /** Whether its place among the others never changes: a day's line moves up when more of that day comes above. */
  isSettled: boolean;
  /** The number of its message, or null. */
  seq: number | null;
}

/** A line of the conversation. `first` and `last` are of a run by one sender within five minutes. */
export type Row = RowBase &
  (
    | { kind: 'day'; at: string }
    | { kind: 'new' }
    | { kind: 'note'; message: MessageView }
    | { kind: 'message'; message: MessageView; first: boolean; last: boolean }
  );

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
  const moments = momentsOf(messages);
  for (const [index, message] of messages.entries()) {
    const moment = moments[index];
    const before = moments[index - 1];
    const after = moments[index + 1];
    if (moment === undefined) break;
    const isNewDay = before?.day !== moment.day;
    if (isNewDay) {
      rows.push({
        kind: 'day',
        key: `day-${moment.day}`,
        at: moment.at,
        isSettled: false,
        seq: null,
      });
    }
    const isNewLine = message.seq !== null && message.seq === firstUnreadSeq;
    if (isNewLine) rows.push({ kind: 'new', key: 'new', isSettled: false, seq: null });
    const base = { key: message.id, isSettled: true, seq: message.seq, message };
    rows.push(
      message.isNote
        ? { kind: 'note', ...base }
        : {
            kind: 'message',
            ...base,
            first: isNewLine || !isRun(before, moment),
            last:
              (firstUnreadSeq !== null && after?.message.seq === firstUnreadSeq) ||
              !isRun(moment, after),
          },
    );
  }
  return rows;
}

/** When a message is shown to be written. */
interface Moment {
  message: MessageView;
  at: string;
  day: string;
}

/** What is on its way bears the time of this device: where its clock is behind, it still stands last. */
function momentsOf(messages: readonly MessageView[]): Moment[] {
  let latest: Moment | undefined;
  return messages.map((message) => {
    const isBehind = latest !== undefined && message.seq === null && message.at < latest.at;
    const at = isBehind && latest !== undefined ? latest.at : message.at;
    latest = { message, at, day: dayKey(at) };
    return latest;
  });
}

function isRun(earlier: Moment | undefined, later: Moment | undefined): boolean {
  return (
    earlier !== undefined &&
    later !== undefined &&
    !earlier.message.isNote &&
    !later.message.isNote &&
    earlier.message.own === later.message.own &&
    earlier.message.author === later.message.author &&
    earlier.day === later.day &&
    Date.parse(later.at) - Date.parse(earlier.at) < RUN_MS
  );
}

/** The id of the own message whose status is shown in words: the last own one, or null. */
export function statusMessageId(messages: readonly MessageView[]): string | null {
  return messages.findLast((message) => message.own && !message.isNote)?.id ?? null;
}
