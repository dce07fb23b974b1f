/** Messages of the contract as a conversation shows them. */
import type { ChatMessage, MessageStatus } from '#client/conversation.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import { EDIT_WINDOW_HOURS } from '#protocol/limits.ts';
import type { Product } from '#protocol/message.ts';

import { plainName } from './plain-name.ts';

/** The words that depend on the reader's language and side. */
export interface Words {
  /** An event of the room as a sentence. */
  note: (event: string, params: Record<string, unknown>) => string;
  /** Why a message was not sent, and what to do. */
  failure: (code: ErrorCode) => string;
  /** Why a change of a message was refused, and what to do. */
  refused: (code: ErrorCode) => Promise<string>;
  /** A message without text of its own. */
  attachment: (names: readonly string[]) => string;
  /** Whether a message of one's own side names the person of the staff who wrote it. */
  showsAgent: boolean;
}

/** The message that another one answers; without words where it is not loaded. */
export interface Quote {
  seq: number;
  author: string | null;
  text: string | null;
}

/** A picture or file, stored or on its way. */
export interface AttachmentItem {
  key: string;
  name: string;
  contentType: string;
  size: number;
  width?: number | undefined;
  height?: number | undefined;
  body: Blob | null;
  /** 0 to 1 on its way, null once it is there. */
  progress: number | null;
}

/** One kind of reaction to a message. */
export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
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
  attachments: readonly AttachmentItem[];
  quote: Quote | null;
  reactions: readonly Reaction[];
  /** Own, stored, and young enough to be edited or deleted. */
  canChange: boolean;
  at: string;
  isEdited: boolean;
  isDeleted: boolean;
  status: MessageStatus | null;
  failure: string | null;
}

/** What the reader knows besides the message itself. */
export interface Surroundings {
  words: Words;
  me: Member | null;
  /** Finds a loaded message by its number. */
  find: (seq: number) => ChatMessage | undefined;
}

interface Known {
  words: Words;
  me: Member | null;
  answered: ChatMessage | undefined;
  item: ConversationItem;
}

const views = new WeakMap<ChatMessage, Known>();

/** The same message and words give the same object, so that what did not change is not drawn again. */
export function toConversationItem(
  message: ChatMessage,
  { words, me, find }: Surroundings,
): ConversationItem {
  const known = views.get(message);
  const answered = message.replyTo === null ? undefined : find(message.replyTo);
  const isSame = known?.words === words && known.me === me && known.answered === answered;
  if (isSame) return known.item;
  const item = makeItem(message, { words, me, answered });
  views.set(message, { words, me, answered, item });
  return item;
}

interface Context {
  words: Words;
  me: Member | null;
  answered: ChatMessage | undefined;
}

function makeItem(message: ChatMessage, { words, me, answered }: Context): ConversationItem {
  const { system, sender } = message;
  return {
    id: message.key,
    seq: message.seq,
    own: message.isMine,
    author: authorOf(message.isMine, sender, words),
    text: system === null ? message.text : words.note(system.event, system.params),
    isNote: system !== null,
    product: message.product,
    attachments: attachmentsOf(message),
    quote: quoteOf(message, answered, words),
    reactions: Object.entries(message.reactions).map(([emoji, members]) => ({
      emoji,
      count: members.length,
      mine: me !== null && members.includes(me),
    })),
    canChange: canChange(message),
    at: message.at,
    isEdited: message.editedAt !== null,
    isDeleted: message.deletedAt !== null,
    status: message.status,
    failure: message.error === null ? null : words.failure(message.error.code),
  };
}

function attachmentsOf({ uploads, attachments }: ChatMessage): readonly AttachmentItem[] {
  if (uploads.length === 0) {
    return attachments.map((attachment) => ({
      ...attachment,
      name: plainName(attachment.name),
      body: null,
      progress: null,
    }));
  }
  return uploads.map(({ body, ...file }, index) => ({
    ...file,
    name: plainName(file.name),
    key: `upload-${index}`,
    body: body instanceof Blob ? body : null,
  }));
}

const EDIT_WINDOW_MS = EDIT_WINDOW_HOURS * 3_600_000;

/** The server has the last word; this only spares a button that would be refused. */
function canChange({ isMine, seq, at, deletedAt, system }: ChatMessage): boolean {
  if (!isMine || seq === null || deletedAt !== null || system !== null) return false;
  return Date.now() - Date.parse(at) < EDIT_WINDOW_MS;
}

function quoteOf(
  { replyTo }: ChatMessage,
  answered: ChatMessage | undefined,
  words: Words,
): Quote | null {
  if (replyTo === null) return null;
  if (answered === undefined) return { seq: replyTo, author: null, text: null };
  return { seq: replyTo, author: nameOf(answered.sender), text: lineOf(answered, words) };
}

function authorOf(isMine: boolean, sender: ChatMessage['sender'], words: Words): string | null {
  if (sender === null) return null;
  if (isMine) return words.showsAgent ? nameOf(sender.agent) : null;
  return nameOf(sender);
}

function nameOf(somebody: { readonly name: string } | null): string | null {
  return somebody === null ? null : plainName(somebody.name);
}

/** A message in one line. */
function lineOf({ text, attachments, product }: ChatMessage, words: Words): string | null {
  if (text !== null) return text;
  if (attachments.length > 0) return words.attachment(attachments.map(({ name }) => name));
  return product?.title ?? null;
}
