/** Messages of the contract as a conversation shows them. */
import type { ChatMessage, MessageStatus } from '#client/chat.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { Product } from '#protocol/message.ts';

/** The words that depend on the reader's language and side. */
export interface Words {
  /** An event of the room as a sentence. */
  note: (event: string, params: Record<string, unknown>) => string;
  /** Why a message was not sent, and what to do. */
  failure: (code: ErrorCode) => string;
  /** A message without text of its own. */
  attachment: (names: readonly string[]) => string;
  /** Whether a message of one's own side names the person of the staff who wrote it. */
  showsAgent: boolean;
}

/** A message ready to be shown. */
export interface ConversationItem {
  id: string;
  seq: number | null;
  own: boolean;
  author: string | null;
  text: string | null;
  isNote: boolean;
  product: Product | null;
  at: string;
  isEdited: boolean;
  isDeleted: boolean;
  status: MessageStatus | null;
  failure: string | null;
}

const views = new WeakMap<ChatMessage, { words: Words; item: ConversationItem }>();

/** The same message and words give the same object, so that what did not change is not drawn again. */
export function toConversationItem(message: ChatMessage, words: Words): ConversationItem {
  const known = views.get(message);
  if (known?.words === words) return known.item;
  const item = makeItem(message, words);
  views.set(message, { words, item });
  return item;
}

function makeItem(message: ChatMessage, words: Words): ConversationItem {
  const { system, sender } = message;
  return {
    id: message.key,
    seq: message.seq,
    own: message.isMine,
    author: authorOf(message.isMine, sender, words),
    text: system === null ? textOf(message, words) : words.note(system.event, system.params),
    isNote: system !== null,
    product: message.product,
    at: message.at,
    isEdited: message.editedAt !== null,
    isDeleted: message.deletedAt !== null,
    status: message.status,
    failure: message.error === null ? null : words.failure(message.error.code),
  };
}

function authorOf(isMine: boolean, sender: ChatMessage['sender'], words: Words): string | null {
  if (sender === null) return null;
  if (isMine) return words.showsAgent ? (sender.agent?.name ?? null) : null;
  return sender.name;
}

function textOf({ text, attachments }: ChatMessage, words: Words): string | null {
  if (attachments.length === 0) return text;
  const files = words.attachment(attachments.map(({ name }) => name));
  return text === null ? files : `${text}\n${files}`;
}
