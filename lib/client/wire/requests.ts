/** The calls of the API by name; those of the staff stand in `staff-requests.ts`. */
import type { SentMessage } from '#protocol/http-answers.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Message, OutgoingMessage, Product } from '#protocol/message.ts';
import type { Mine, Participant, Room } from '#protocol/room.ts';
import type { Vendor } from '#protocol/vendor.ts';

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
  readonly getVendor: (vendorId: string) => Promise<Vendor>;
}

/** The API of one user. */
export function createRequests(options: CallOptions): Requests {
  return { ...roomCalls(options), ...messageCalls(options) };
}

function roomCalls(options: CallOptions) {
  return {
    openRoom: (body) => ask(options, { method: 'POST', path: ['rooms'], body }),
    listRooms: (filter, cursor) =>
      ask(options, { method: 'GET', path: ['rooms'], query: { filter, cursor } }),
    getRoom: (roomId) => ask(options, { method: 'GET', path: room(roomId) }),
    updateMine: (roomId, body) =>
      ask(options, { method: 'PATCH', path: room(roomId, 'mine'), body }),
    readRoom: (roomId, seq) =>
      tell(options, { method: 'PUT', path: room(roomId, 'read'), body: { seq } }),
    listParticipants: async (roomId) => {
      const path = room(roomId, 'participants');
      return (await ask<{ items: Participant[] }>(options, { method: 'GET', path })).items;
    },
    countUnread: () => ask(options, { method: 'GET', path: ['unread'] }),
    getVendor: (vendorId) => ask(options, { method: 'GET', path: ['vendors', vendorId] }),
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

/** The path of a room, or of something in it. */
export function room(roomId: string, ...rest: string[]): string[] {
  return ['rooms', roomId, ...rest];
}

function message(roomId: string, seq: number, ...rest: string[]): string[] {
  return room(roomId, 'messages', String(seq), ...rest);
}
