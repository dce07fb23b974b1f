/** What the AsyncAPI document says of each frame and event in words. */
import type { Action } from '../client-frames.ts';
import type { BusEventType } from '../events.ts';
import type { ServerEvent } from '../server-frames.ts';

/** A frame that a client sends. */
export interface ActionWords {
  /** A line without a full stop. */
  readonly summary: string;
  /** What answers it besides `error`; none: only a refusal is answered. */
  readonly replies: readonly ServerEvent[];
}

/** Every action in words. */
export const ACTIONS: Readonly<Record<Action, ActionWords>> = {
  send: { summary: 'Send a message; a retry with the same id and after is safe', replies: ['ack'] },
  read: { summary: 'Move the own read mark', replies: ['ok'] },
  typing: { summary: 'Say that one is writing, again every 5 seconds while it lasts', replies: [] },
  edit: { summary: 'Change the text of an own message, within 24 hours', replies: ['ok'] },
  delete: { summary: 'Delete an own message, within 24 hours', replies: ['ok'] },
  react: { summary: 'Set or take back a reaction', replies: ['ok'] },
  focus: {
    summary: 'Tell colleagues which room one looks at, again every minute while it lasts',
    replies: [],
  },
  ping: { summary: 'Probe the socket (with ref), or keep it alive (without)', replies: ['pong'] },
};

/** Every event of the socket in words. */
export const EVENTS: Readonly<Record<ServerEvent, string>> = {
  ack: 'The message is stored',
  ok: 'It is done',
  pong: 'The socket lives',
  error: 'A frame was refused; the socket lives on',
  message: 'A new message in a room of the receiver',
  'message.updated': 'A message as it is now: edited, deleted or reacted to',
  read: 'A member read further, or a message reached a device of a member',
  typing: 'A member is writing, or no longer; to the other members',
  presence: 'A member came or went; show offline after onlineUntil',
  room: 'A room with its first message, a changed status or changed marks, as its receiver sees it',
  note: 'A note on a room; to the vendor’s staff only',
  'note.deleted': 'A note is gone; to the vendor’s staff only',
  focus: 'Where a colleague is; to the vendor’s staff only, ends by itself after 75 seconds',
};

/** Every event of the bus in words. */
export const BUS: Readonly<Record<BusEventType, string>> = {
  'room.created': 'A room got its first message',
  'message.created': 'A message was stored',
  'message.updated': 'A message was edited, deleted or reacted to',
  'room.closed': 'The vendor closed a room',
  'member.unread': 'A member who is away still has not read; once per room and absence',
  'customer.waiting': 'A vendor that was away still owes an answer; once per room and absence',
};
