/** What a screen reader says of a conversation by itself: what came in, who begins to write, what was not sent. */
import type { MessageView } from '../conversation/rows.ts';

/** From this many at once on, as after a tunnel, their number is said instead of all of them. */
const MANY = 4;

/** Something to say; `isUrgent` interrupts what is being read. */
export type Announcement =
  | { kind: 'message'; id: string; author: string | null; text: string }
  | { kind: 'many'; count: number }
  | { kind: 'typing'; name: string }
  | { kind: 'failed'; reason: string | null };

/** What was heard already. */
export interface Heard {
  /** The newest message that is stored. */
  seq: number;
  failed: ReadonlySet<string>;
  /** The newest message when somebody was last said to be typing, or null. */
  typingAfter: number | null;
}

interface Scene {
  messages: readonly MessageView[];
  typist: string | null;
}

/** How a room begins: nothing that is there already is said. */
export function hearFirst({ messages }: Pick<Scene, 'messages'>): Heard {
  return { seq: newestSeq(messages, 0), failed: failedIds(messages), typingAfter: null };
}

/**
 * What to say now, and what was heard by then. Silent on earlier pages, on one's own words, and on
 * edits; typing is said once between two messages, however often it pauses.
 */
export function hear(
  before: Heard,
  { messages, typist }: Scene,
): { heard: Heard; say: readonly Announcement[] } {
  const seq = newestSeq(messages, before.seq);
  const failed = failedIds(messages);
  const isTypingNew = typist !== null && before.typingAfter !== seq;
  return {
    heard: { seq, failed, typingAfter: isTypingNew ? seq : before.typingAfter },
    say: [
      ...(isFirstPage(before, seq) ? [] : incoming(messages, before.seq)),
      ...messages
        .filter(({ id }) => failed.has(id) && !before.failed.has(id))
        .map(({ failure }) => ({ kind: 'failed' as const, reason: failure })),
      ...(isTypingNew ? [{ kind: 'typing' as const, name: typist }] : []),
    ],
  };
}

/** A conversation that one began to write in before it was there: its history comes as one page. */
function isFirstPage(before: Heard, seq: number): boolean {
  return before.seq === 0 && seq > 1;
}

function incoming(messages: readonly MessageView[], after: number): readonly Announcement[] {
  const fresh = messages.filter(
    ({ seq, own, isDeleted }) => seq !== null && seq > after && !own && !isDeleted,
  );
  if (fresh.length >= MANY) return [{ kind: 'many', count: fresh.length }];
  return fresh.map((message) => ({
    kind: 'message',
    id: message.id,
    author: message.author,
    text: wordsOf(message),
  }));
}

/** A message without words is named by what it brings. */
function wordsOf({ text, attachments, product }: MessageView): string {
  const brings = [...attachments.map(({ name }) => name), product?.title];
  return text ?? brings.filter((name) => name !== undefined).join(', ');
}

function newestSeq(messages: readonly MessageView[], atLeast: number): number {
  return messages.reduce((newest, { seq }) => Math.max(newest, seq ?? 0), atLeast);
}

function failedIds(messages: readonly MessageView[]): ReadonlySet<string> {
  return new Set(messages.filter(({ status }) => status === 'failed').map(({ id }) => id));
}
