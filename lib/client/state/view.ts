/** A room's conversation as it is shown: stored messages, what I do to them, mine on their way. Pure. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Attachment, Message } from '#protocol/message.ts';

import type { ChatMessage, MessageStatus, Upload } from '../conversation.ts';
import type { OutboxEntry } from '../ports.ts';
import { type PendingChange, withChanges } from './changing.ts';
import type { Timeline } from './timeline.ts';

/** Rows by what they show, so that an unchanged message stays the same object. */
const rows = new WeakMap<Message | OutboxEntry, ChatMessage>();

const NO_FILES: readonly Upload[] = [];

/** The conversation as it is shown: stored messages, mine beyond a gap, mine on their way. */
export function viewTimeline(timeline: Timeline, me: ChatSender): readonly ChatMessage[] {
  const farthest = {
    read: highestOfOthers(timeline.read, me.member),
    delivered: highestOfOthers(timeline.delivered, me.member),
  };
  const mineAhead = timeline.ahead.filter((message) => message.sender?.member === me.member);
  const stored = [...timeline.messages, ...mineAhead];
  const ids = new Set(
    stored.filter((message) => message.sender?.member === me.member).map(({ id }) => id),
  );
  const changesOf = (message: Message) =>
    timeline.changing.filter(({ seq }) => seq === message.seq);
  return [
    ...stored.map((message) => storedRow(message, { me, farthest, changes: changesOf(message) })),
    ...pendingRows(timeline, me).filter(({ id }) => !ids.has(id)),
  ];
}

/** What waits for the network, and behind it what waits for its files: in this order it will be stored. */
function pendingRows({ pending, uploading }: Timeline, me: ChatSender): ChatMessage[] {
  const files = new Map(uploading.map((it) => [it.entry.message.id, it.files]));
  const waiting = new Set(pending.map(({ message }) => message.id));
  return [
    ...pending.map((entry) => pendingRow(entry, me, files.get(entry.message.id) ?? NO_FILES)),
    ...uploading
      .filter(({ entry }) => !waiting.has(entry.message.id))
      .map((it) => pendingRow(it.entry, me, it.files)),
  ];
}

/** Whose messages are mine. */
export interface ChatSender {
  readonly member: Member | null;
  readonly name: string;
}

interface Setting {
  readonly me: ChatSender;
  readonly farthest: { readonly read: number; readonly delivered: number };
  readonly changes: readonly PendingChange[];
}

function storedRow(stored: Message, { me, farthest, changes }: Setting): ChatMessage {
  const member = stored.sender?.member ?? null;
  const isMine = member !== null && member === me.member;
  const status = isMine ? statusOf(stored.seq, farthest) : null;
  const message = withChanges(stored, changes, me.member);
  const isChanging = changes.length > 0;
  const key = isMine ? message.id : `${member ?? 'system'}/${message.id}/${message.seq}`;
  const cached = rows.get(message);
  const isSame = cached?.status === status && cached.key === key;
  if (isSame && cached.isChanging === isChanging) return cached;
  const row = { ...message, key, isMine, status, error: null, isChanging, uploads: NO_FILES };
  rows.set(message, row);
  return row;
}

function statusOf(seq: number, farthest: { read: number; delivered: number }): MessageStatus {
  if (seq <= farthest.read) return 'read';
  return seq <= farthest.delivered ? 'delivered' : 'sent';
}

function highestOfOthers(marks: Timeline['read'], me: Member | null): number {
  const others = Object.entries(marks).filter(([member]) => member !== me);
  return Math.max(0, ...others.map(([, seq]) => seq));
}

function pendingRow(entry: OutboxEntry, me: ChatSender, uploads: readonly Upload[]): ChatMessage {
  const cached = rows.get(entry);
  if (cached?.uploads === uploads) return cached;
  const { failure, message } = entry;
  const row: ChatMessage = {
    ...asMessage(entry, me, { seq: 0, at: entry.queuedAt }),
    attachments: uploads.length > 0 ? uploads.map(asAttachment) : attachmentsOf(entry),
    seq: null,
    key: message.id,
    isMine: true,
    status: failure ? 'failed' : 'sending',
    error: failure ? new ChatError(failure.code, { message: failure.message }) : null,
    isChanging: false,
    uploads,
  };
  rows.set(entry, row);
  return row;
}

function asAttachment({ name, contentType, size, width, height }: Upload): Attachment {
  const measures = width === undefined || height === undefined ? {} : { width, height };
  return { key: '', name, contentType, size, ...measures };
}

/** What is known of files that are there already, or that a reload took. */
function attachmentsOf({ message, files }: OutboxEntry): Attachment[] {
  const keys = 'attachments' in message ? message.attachments.map(({ key }) => key) : [];
  return (files ?? []).map((file, index) => ({ key: keys[index] ?? '', ...file }));
}

/** The stored message that an acknowledgement without one stands for. */
export function asMessage(
  entry: OutboxEntry,
  me: ChatSender,
  { seq, at }: { readonly seq: number; readonly at: string },
): Message {
  const { roomId, message } = entry;
  return {
    roomId,
    seq,
    id: message.id,
    type: message.type,
    sender: me.member === null ? null : { member: me.member, name: me.name, agent: null },
    text: message.text ?? null,
    attachments: attachmentsOf(entry),
    product: 'product' in message ? (message.product ?? null) : null,
    replyTo: 'replyTo' in message ? (message.replyTo ?? null) : null,
    system: null,
    reactions: {},
    at,
    editedAt: null,
    deletedAt: null,
  };
}
