/** How everything ended: each room as each of its members reads it, and as each client shows it. */
import type { ChatClient } from '#client/chat.ts';
import type { Member } from '#protocol/ids.ts';
import { MAX_PAGE_SIZE } from '#protocol/limits.ts';
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import { type History, type Seen, seenOf } from './history.ts';

/** A member whose token opens its rooms. */
export interface Reader {
  readonly member: Member;
  /** Where the API is: `http://localhost:4000/v1`. */
  readonly api: string;
  readonly token: string;
}

/** Reads every room of the history that the member is in, page by page, and its unread counts. Faults are to be over. */
export async function readFinals(history: History, reader: Reader): Promise<void> {
  const { member } = reader;
  for (const [roomId, members] of history.rooms) {
    if (!members.includes(member)) continue;
    const messages = await readAll(reader, roomId);
    const { seq, unread, read } = await get<Room>(reader, `/rooms/${roomId}`);
    history.memberFinals.push({ member, roomId, seq, unread, read, messages });
  }
  const counts = await get<{ rooms: number; messages: number }>(reader, '/unread');
  history.unreadFinals.push({ member, rooms: counts.rooms, messages: counts.messages });
}

async function readAll(reader: Reader, roomId: string): Promise<Seen[]> {
  const all: Seen[] = [];
  for (let hasMore = true; hasMore;) {
    const query = `after=${all.at(-1)?.seq ?? 0}&limit=${MAX_PAGE_SIZE}`;
    const path = `/rooms/${roomId}/messages?${query}`;
    const page = await get<{ items: Message[]; hasMore: boolean }>(reader, path);
    all.push(...page.items.map(seenOf));
    ({ hasMore } = page);
  }
  return all;
}

/** A busy machine may refuse without a fault of ours: it is asked again. */
const MAX_TRIES = 20;

async function get<T>({ api, token }: Reader, path: string): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${api}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.ok) return (await response.json()) as T;
    const text = await response.text();
    if (response.status < 500 || tries === MAX_TRIES) {
      throw new Error(`GET ${path}: ${response.status} ${text}`);
    }
  }
}

/** Notes what an application shows of a room whenever it changes. @returns what ends that */
export function recordShown(
  history: History,
  client: { readonly name: string; readonly chat: ChatClient },
  roomId: string,
): () => void {
  const room = client.chat.room(roomId);
  let before = '';
  return room.subscribe(() => {
    const { people, messages } = room.getState();
    const lastSeq = messages.findLast(({ seq }) => seq !== null)?.seq ?? 0;
    const read = Object.fromEntries(people.map(({ member, readSeq }) => [member, readSeq]));
    const now = JSON.stringify([lastSeq, read]);
    if (now === before) return;
    before = now;
    const atMs = history.now();
    history.add({ kind: 'shown', client: client.name, atMs, roomId, lastSeq, read });
  });
}

/** What a client shows of a room now. */
export function shownAtEnd(name: string, chat: ChatClient, roomId: string) {
  const { messages, unread } = chat.room(roomId).getState();
  const stored = messages.flatMap((message) => {
    const { seq } = message;
    return seq === null ? [] : [seenOf({ ...message, seq })];
  });
  const unsent = messages.length - stored.length;
  return { client: name, roomId, unread, messages: stored, unsent };
}
