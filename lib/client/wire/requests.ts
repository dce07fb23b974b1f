/** The calls of the API by name. */
import type { SentMessage } from '#protocol/http-answers.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Message, OutgoingMessage, Product } from '#protocol/message.ts';
import type { Note, OutgoingNote } from '#protocol/note.ts';
import type { Mine, Participant, Room, RoomStatus } from '#protocol/room.ts';
import type { SavedReply, SavedReplyBody, Vendor, VendorSettings } from '#protocol/vendor.ts';

import type { UnreadCounts } from '../chat.ts';
import { ask, type CallOptions, tell } from './http.ts';
import type { UploadPlace } from '../uploads/upload-port.ts';

/** A page of a room's messages, ascending. */
export interface MessagePage {
  readonly items: readonly Message[];
  readonly hasMore: boolean;
  readonly changes: number;
}

export interface RoomPage {
  readonly items: readonly Room[];
  readonly next: string | null;
}

/** Where a page of messages begins: behind a seq, below one, or at the newest. */
export type PageStart = { readonly after: number } | { readonly before: number } | 'latest';

export interface NotePage {
  readonly items: readonly Note[];
  readonly next: string | null;
}

/** What a place to upload to is asked for. */
export interface UploadRequest {
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
}

/** The calls of the API; each rejects with a ChatError (`unavailable` when nothing answered). */
export interface Requests {
  readonly openRoom: (body: { vendorId: string; product?: Product }) => Promise<Room>;
  readonly listRooms: (filter: RoomFilter, cursor: string | null) => Promise<RoomPage>;
  readonly getRoom: (roomId: string) => Promise<Room>;
  readonly updateRoom: (roomId: string, status: RoomStatus) => Promise<Room>;
  readonly updateMine: (roomId: string, patch: Partial<Mine>) => Promise<Room>;
  readonly listMessages: (roomId: string, start: PageStart, limit: number) => Promise<MessagePage>;
  readonly sendMessage: (
    roomId: string,
    message: OutgoingMessage,
    after: number | null,
  ) => Promise<SentMessage>;
  readonly editMessage: (roomId: string, seq: number, text: string) => Promise<Message>;
  readonly deleteMessage: (roomId: string, seq: number) => Promise<Message>;
  readonly react: (
    roomId: string,
    seq: number,
    reaction: { readonly emoji: string; readonly on: boolean },
  ) => Promise<Message>;
  readonly readRoom: (roomId: string, seq: number) => Promise<void>;
  readonly listParticipants: (roomId: string) => Promise<readonly Participant[]>;
  readonly countUnread: () => Promise<UnreadCounts>;
  readonly createUpload: (
    roomId: string,
    file: UploadRequest,
  ) => Promise<{ readonly key: string; readonly upload: UploadPlace }>;
  readonly getAttachment: (
    roomId: string,
    key: string,
  ) => Promise<{ readonly url: string; readonly expiresAt: string }>;
  readonly listNotes: (roomId: string, cursor: string | null) => Promise<NotePage>;
  readonly addNote: (roomId: string, note: OutgoingNote) => Promise<Note>;
  readonly deleteNote: (roomId: string, noteId: string) => Promise<void>;
  readonly getVendor: (vendorId: string) => Promise<Vendor>;
  readonly getSettings: () => Promise<VendorSettings>;
  readonly putSettings: (settings: VendorSettings) => Promise<VendorSettings>;
  readonly listReplies: () => Promise<readonly SavedReply[]>;
  readonly addReply: (replyId: string, body: SavedReplyBody) => Promise<SavedReply>;
  readonly putReply: (replyId: string, body: SavedReplyBody) => Promise<SavedReply>;
  readonly deleteReply: (replyId: string) => Promise<void>;
}

/** The API of one user. */
export function createRequests(options: CallOptions): Requests {
  return { ...roomCalls(options), ...messageCalls(options), ...staffCalls(options) };
}

function roomCalls(options: CallOptions) {
  return {
    openRoom: (body) => ask(options, { method: 'POST', path: ['rooms'], body }),
    listRooms: (filter, cursor) =>
      ask(options, { method: 'GET', path: ['rooms'], query: { filter, cursor } }),
    getRoom: (roomId) => ask(options, { method: 'GET', path: room(roomId) }),
    updateRoom: (roomId, status) =>
      ask(options, { method: 'PATCH', path: room(roomId), body: { status } }),
    updateMine: (roomId, body) =>
      ask(options, { method: 'PATCH', path: room(roomId, 'mine'), body }),
    readRoom: (roomId, seq) =>
      tell(options, { method: 'PUT', path: room(roomId, 'read'), body: { seq } }),
    listParticipants: async (roomId) => {
      const path = room(roomId, 'participants');
      return (await ask<{ items: Participant[] }>(options, { method: 'GET', path })).items;
    },
    countUnread: () => ask(options, { method: 'GET', path: ['unread'] }),
  } satisfies Partial<Requests>;
}

function messageCalls(options: CallOptions) {
  return {
    listMessages: (roomId, start, limit) =>
      ask(options, {
        method: 'GET',
        path: room(roomId, 'messages'),
        query: { ...(start === 'latest' ? {} : start), limit },
      }),
    sendMessage: (roomId, body, after) =>
      ask(options, {
        method: 'POST',
        path: room(roomId, 'messages'),
        body: after === null ? body : { ...body, after },
      }),
    editMessage: (roomId, seq, text) =>
      ask(options, { method: 'PATCH', path: message(roomId, seq), body: { text } }),
    deleteMessage: (roomId, seq) => ask(options, { method: 'DELETE', path: message(roomId, seq) }),
    react: (roomId, seq, body) =>
      ask(options, { method: 'PUT', path: message(roomId, seq, 'reactions'), body }),
    createUpload: (roomId, body) =>
      ask(options, { method: 'POST', path: room(roomId, 'attachments'), body }),
    getAttachment: (roomId, key) =>
      ask(options, { method: 'GET', path: room(roomId, 'attachments', key) }),
  } satisfies Partial<Requests>;
}

function staffCalls(options: CallOptions) {
  const shop = ['vendors', 'me'];
  const replies = [...shop, 'replies'];
  return {
    listNotes: (roomId, cursor) =>
      ask(options, { method: 'GET', path: room(roomId, 'notes'), query: { cursor } }),
    addNote: (roomId, body) => ask(options, { method: 'POST', path: room(roomId, 'notes'), body }),
    deleteNote: (roomId, noteId) =>
      tell(options, { method: 'DELETE', path: room(roomId, 'notes', noteId) }),
    getVendor: (vendorId) => ask(options, { method: 'GET', path: ['vendors', vendorId] }),
    getSettings: () => ask(options, { method: 'GET', path: shop }),
    putSettings: (body) => ask(options, { method: 'PUT', path: shop, body }),
    listReplies: async () =>
      (await ask<{ items: SavedReply[] }>(options, { method: 'GET', path: replies })).items,
    addReply: (replyId, body) =>
      ask(options, { method: 'POST', path: replies, body: { ...body, replyId } }),
    putReply: (replyId, body) => ask(options, { method: 'PUT', path: [...replies, replyId], body }),
    deleteReply: (replyId) => tell(options, { method: 'DELETE', path: [...replies, replyId] }),
  } satisfies Partial<Requests>;
}

function room(roomId: string, ...rest: string[]): string[] {
  return ['rooms', roomId, ...rest];
}

function message(roomId: string, seq: number, ...rest: string[]): string[] {
  return room(roomId, 'messages', String(seq), ...rest);
}
