/** What belongs to the staff at the fake chat server: notes, settings, saved replies; and what everybody sees of the shop. */
import type { FetchPort } from '#client/ports.ts';
import type { Member } from '#protocol/ids.ts';
import type { Note } from '#protocol/shop/note.ts';
import type { SavedReply, Vendor } from '#protocol/vendor.ts';

/** An HTTP call that reached the server. */
export interface Call {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly member: Member;
  readonly device: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** As it comes over the wire, at this time of the server. */
export function answerOf({ status, body }: Answer, nowMs: number): Awaited<ReturnType<FetchPort>> {
  const text = body === null ? '' : JSON.stringify(body);
  const date = new Date(nowMs).toUTCString();
  const headers = new Headers({ 'cache-control': 'no-store', date });
  return { status, headers, text: async () => text };
}

/** One shop for all vendors: nobody looks at two. */
export interface FakeShop {
  notes: Note[];
  settings: Record<string, unknown> & { readonly version?: number };
  replies: SavedReply[];
  vendor: Vendor;
}

export function newShop(): FakeShop {
  return {
    notes: [],
    settings: {
      name: null,
      picture: null,
      greeting: null,
      hours: null,
      awayMessage: null,
      version: 0,
    },
    replies: [],
    vendor: {
      vendorId: '7',
      name: 'Tbilisi Ceramics',
      picture: null,
      greeting: null,
      openNow: true,
      opensAt: null,
      replySeconds: 120,
    },
  };
}

/** `vendors/…`. */
export function serveShop(shop: FakeShop, { method, path, body }: Call): Answer {
  const [, who, part, replyId] = path;
  if (who !== 'me') return ok({ ...shop.vendor, vendorId: who });
  if (part === undefined) {
    if (method !== 'PUT') return ok(shop.settings);
    const { version = 0 } = shop.settings;
    const isMoved = typeof body.version === 'number' && body.version !== version;
    if (isMoved) return { status: 409, body: { code: 'conflict' } };
    shop.settings = { ...body, version: version + 1 };
    return ok(shop.settings);
  }
  if (method === 'GET') return ok({ items: shop.replies });
  const id = replyId ?? String(body.replyId);
  shop.replies = shop.replies.filter((reply) => reply.replyId !== id);
  if (method === 'DELETE') return { status: 204, body: null };
  const { shortcut, messages } = body as unknown as SavedReply;
  const reply = { replyId: id, shortcut, messages, updatedAt: '2026-11-22T12:00:00.000Z' };
  shop.replies.push(reply);
  return { status: method === 'POST' ? 201 : 200, body: reply };
}

interface NoteSetting {
  readonly roomId: string;
  readonly at: string;
  readonly tell: (frame: object) => void;
}

/** `rooms/{roomId}/notes/…`. */
export function serveNotes(
  shop: FakeShop,
  { method, path, body, query, device }: Call,
  { roomId, at, tell }: NoteSetting,
): Answer {
  const noteId = path[3];
  if (method === 'DELETE') {
    shop.notes = shop.notes.filter((note) => note.noteId !== noteId);
    tell({ event: 'note.deleted', roomId, noteId });
    return { status: 204, body: null };
  }
  if (method === 'POST') {
    const { noteId: id, text } = body as unknown as Note;
    const note: Note = { noteId: id, roomId, text, author: { user: device, name: device }, at };
    shop.notes = [note, ...shop.notes];
    tell({ event: 'note', note });
    return { status: 201, body: note };
  }
  const from = Number(query.get('cursor') ?? 0);
  const items = shop.notes.filter((note) => note.roomId === roomId).slice(from, from + 2);
  return ok({ items, next: shop.notes.length > from + 2 ? String(from + 2) : null });
}
