/** Messages: as stored, as each side reads them, and their one-line preview. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import { type Limits, MAX_FRAME_BYTES, MAX_PREVIEW_BYTES } from '#protocol/limits.ts';
import type {
  Attachment,
  Message,
  MessageType,
  OutgoingMessage,
  Product,
} from '#protocol/message.ts';

import { type Caller, publicName, sideIn } from './access.ts';
import { draftAttachments, isSameFiles } from './attachments/draft.ts';
import { fingerprintOf } from './product.ts';
import type { StoredHead, StoredLastMessage } from './room.ts';

/** A message in the log. What it does not have is absent, so that a row stays small. */
export interface StoredMessage {
  roomId: string;
  seq: number;
  /** The sender's own id for it; unique per member and room. */
  id: string;
  type: MessageType;
  /** Absent for system messages. */
  sender?: Member;
  senderName?: string;
  /** The person of the vendor's staff who wrote it. */
  agent?: { user: string; name: string };
  text?: string;
  attachments?: Attachment[];
  product?: Product;
  replyTo?: number;
  system?: { event: string; params: Record<string, unknown> };
  reactions?: Record<string, Member[]>;
  at: string;
  editedAt?: string;
  deletedAt?: string;
  /** How often it changed since it was stored; every change expects the last one. Absent at first. */
  version?: number;
  /** What a deleted message had attached: objects that are to go, and may be gone. */
  removedKeys?: string[];
}

/** A message that has no place in the log yet. */
export type MessageDraft = Omit<StoredMessage, 'seq' | 'at'>;

/** What a caller's message will be in the log; its files are still to be checked. */
export function draftMessage(
  caller: Caller,
  member: Member,
  room: { roomId: string; message: OutgoingMessage },
): MessageDraft {
  const { message } = room;
  const replyTo = message.type === 'product' ? undefined : message.replyTo;
  return {
    roomId: room.roomId,
    id: message.id,
    type: message.type,
    sender: member,
    senderName: publicName(caller, member),
    ...(caller.role === 'vendor' ? { agent: { user: caller.user, name: caller.name } } : {}),
    ...(message.text === undefined ? {} : { text: message.text }),
    ...('attachments' in message ? { attachments: draftAttachments(message.attachments) } : {}),
    ...('product' in message && message.product !== undefined ? { product: message.product } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** @throws ChatError `invalid` where a text is longer than the deployment allows; it is never cut */
export function checkText(text: string | undefined, limits: Limits, path = 'message.text'): void {
  if (text === undefined || text.length <= limits.maxTextLength) return;
  const message = `must have at most ${limits.maxTextLength} characters`;
  throw new ChatError('invalid', { errors: [{ path, message }] });
}

/**
 * Escaped, a character may take six bytes; and a frame over the gateway's limit would cost its readers their sockets.
 * @param reader who reads the most of it: its sender's side
 * @throws ChatError `too_large` where no frame can carry the message, new or edited
 */
export function checkSize(draft: MessageDraft, reader: Member): void {
  const at = new Date(0).toISOString();
  const most = Number.MAX_SAFE_INTEGER;
  const longest = { ...draft, seq: most, at, editedAt: at, version: most };
  const message = renderMessage(longest, reader);
  const frame = { event: 'message.updated', message, changes: most };
  if (Buffer.byteLength(JSON.stringify(frame)) > MAX_FRAME_BYTES) throw new ChatError('too_large');
}

/** True where a retry says what the stored message says. An edited or deleted one is not compared. */
export function isSameContent(stored: StoredMessage, draft: MessageDraft): boolean {
  if (stored.editedAt !== undefined || stored.deletedAt !== undefined) return true;
  return (
    contentOf(stored) === contentOf(draft) && isSameFiles(stored.attachments, draft.attachments)
  );
}

function contentOf({ type, text, replyTo, product }: MessageDraft): string {
  return JSON.stringify([type, text, replyTo, fingerprintOf(product)]);
}

/** The message as a member reads it; who of the staff wrote is for the staff only. */
export function renderMessage(message: StoredMessage, reader: Member): Message {
  const isDeleted = message.deletedAt !== undefined;
  return {
    roomId: message.roomId,
    seq: message.seq,
    id: message.id,
    type: message.type,
    sender: renderSender(message, reader),
    text: isDeleted ? null : (message.text ?? null),
    attachments: isDeleted ? [] : (message.attachments ?? []),
    product: isDeleted ? null : (message.product ?? null),
    replyTo: message.replyTo ?? null,
    system: message.system ?? null,
    reactions: inOrder(message.reactions),
    at: message.at,
    editedAt: message.editedAt ?? null,
    deletedAt: message.deletedAt ?? null,
    ...(message.version === undefined ? {} : { version: message.version }),
  };
}

/** A database returns the entries of a map in its own order, and they are not to swap places. */
function inOrder(reactions: StoredMessage['reactions'] = {}): Record<string, Member[]> {
  return Object.fromEntries(
    Object.entries(reactions).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function renderSender(message: StoredMessage, reader: Member): Message['sender'] {
  const { sender, senderName, agent } = message;
  if (sender === undefined) return null;
  const visibleAgent = sender === reader ? (agent ?? null) : null;
  return { member: sender, name: senderName ?? '', agent: visibleAgent };
}

/** The message in the room's one line. */
export function lastMessageOf(head: StoredHead, message: StoredMessage): StoredLastMessage {
  return {
    seq: message.seq,
    type: message.type,
    preview: previewOf(message),
    sender: message.sender === undefined ? null : sideIn(head, message.sender),
    at: message.at,
    ...(message.version === undefined ? {} : { version: message.version }),
  };
}

/** At most 240 bytes of UTF-8: the text, else the product's title, else the first file's name; nothing for a deleted message. */
export function previewOf(message: MessageDraft): string {
  if (message.deletedAt !== undefined) return '';
  const { text, product, attachments } = message;
  const line = (text ?? product?.title ?? attachments?.[0]?.name ?? '').replaceAll(/\s+/gu, ' ');
  return cutToBytes(line, MAX_PREVIEW_BYTES);
}

/** The longest beginning of a text that fits, ending between what a reader sees as characters. */
export function cutToBytes(text: string, maxBytes: number): string {
  // No character takes less than a byte, so the rest of a long text need not be looked at.
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, maxBytes + 1))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
