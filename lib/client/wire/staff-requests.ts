/** The calls of the API that only a shop's staff may make, by name. */
import type { Room, RoomStatus } from '#protocol/room.ts';
import type { Note, OutgoingNote } from '#protocol/shop/note.ts';
import type { SavedReply, SavedReplyBody, VendorSettings } from '#protocol/vendor.ts';

import { ask, type CallOptions, tell } from './http.ts';
import { room } from './requests.ts';

export interface NotePage {
  readonly items: readonly Note[];
  readonly next: string | null;
}

/** Each rejects with a ChatError, as the others do. */
export interface StaffRequests {
  readonly updateRoom: (roomId: string, status: RoomStatus) => Promise<Room>;
  readonly listNotes: (roomId: string, cursor: string | null) => Promise<NotePage>;
  readonly addNote: (roomId: string, note: OutgoingNote) => Promise<Note>;
  readonly deleteNote: (roomId: string, noteId: string) => Promise<void>;
  readonly getSettings: () => Promise<VendorSettings>;
  readonly putSettings: (settings: VendorSettings) => Promise<VendorSettings>;
  readonly listReplies: () => Promise<readonly SavedReply[]>;
  readonly addReply: (replyId: string, body: SavedReplyBody) => Promise<SavedReply>;
  readonly putReply: (replyId: string, body: SavedReplyBody) => Promise<SavedReply>;
  readonly deleteReply: (replyId: string) => Promise<void>;
}

/** The API of one member of a shop's staff. */
export function createStaffRequests(options: CallOptions): StaffRequests {
  const shop = ['vendors', 'me'];
  const replies = [...shop, 'replies'];
  return {
    updateRoom: (roomId, status) =>
      ask(options, { method: 'PATCH', path: room(roomId), body: { status } }),
    listNotes: (roomId, cursor) =>
      ask(options, { method: 'GET', path: room(roomId, 'notes'), query: { cursor } }),
    addNote: (roomId, body) => ask(options, { method: 'POST', path: room(roomId, 'notes'), body }),
    deleteNote: (roomId, noteId) =>
      tell(options, { method: 'DELETE', path: room(roomId, 'notes', noteId) }),
    getSettings: () => ask(options, { method: 'GET', path: shop }),
    putSettings: (body) => ask(options, { method: 'PUT', path: shop, body }),
    listReplies: async () =>
      (await ask<{ items: SavedReply[] }>(options, { method: 'GET', path: replies })).items,
    addReply: (replyId, body) =>
      ask(options, { method: 'POST', path: replies, body: { ...body, replyId } }),
    putReply: (replyId, body) => ask(options, { method: 'PUT', path: [...replies, replyId], body }),
    deleteReply: (replyId) => tell(options, { method: 'DELETE', path: [...replies, replyId] }),
  };
}
