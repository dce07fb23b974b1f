/** A shop's saved replies: one list in one item, so that each change is one conditional write. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import { MAX_SAVED_CHARACTERS, MAX_SAVED_REPLIES } from '#protocol/limits.ts';
import type { SavedReply, SavedReplyBody } from '#protocol/vendor.ts';

import type { Caller } from '../access.ts';
import { toIso } from '../room.ts';
import { requireVendor } from './shop.ts';

/** A shop's saved replies; the version grows by one with each change, and is 0 before the first. */
export interface StoredReplies {
  readonly version: number;
  readonly replies: readonly SavedReply[];
}

export interface SavedRepliesPorts {
  readonly profiles: {
    /** Read consistently. */
    getReplies: (vendor: Member) => Promise<StoredReplies>;
    /** Replaces the list of the version before. @returns false where it has changed since */
    putReplies: (vendor: Member, replies: StoredReplies) => Promise<boolean>;
  };
  readonly now: () => number;
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** The saved replies of the caller's shop, by shortcut. @throws ChatError `forbidden` */
export async function listReplies(ports: SavedRepliesPorts, caller: Caller): Promise<SavedReply[]> {
  const { replies } = await ports.profiles.getReplies(requireVendor(caller));
  return replies.toSorted(byShortcut);
}

/**
 * Keeps a reply under the id that the client chose; a retry is the same reply.
 * @throws ChatError `forbidden`, `conflict` for an id or a shortcut that names another reply, `too_large`
 */
export async function addReply(
  ports: SavedRepliesPorts,
  caller: Caller,
  command: SavedReplyBody & { replyId: string },
): Promise<{ reply: SavedReply; isNew: boolean }> {
  let isNew = true;
  const reply = await change(ports, requireVendor(caller), (replies, updatedAt) => {
    const known = replies.find(({ replyId }) => replyId === command.replyId);
    isNew = known === undefined;
    if (known === undefined) return { reply: { ...command, updatedAt }, before: null };
    if (isSame(known, command)) return { reply: known, before: known };
    throw new ChatError('conflict');
  });
  return { reply, isNew };
}

/**
 * Replaces a reply.
 * @throws ChatError `forbidden`, `not_found`, `conflict` for a shortcut that names another reply, `too_large`
 */
export async function putReply(
  ports: SavedRepliesPorts,
  caller: Caller,
  command: SavedReplyBody & { replyId: string },
): Promise<SavedReply> {
  return change(ports, requireVendor(caller), (replies, updatedAt) => {
    const known = replies.find(({ replyId }) => replyId === command.replyId);
    if (known === undefined) throw new ChatError('not_found');
    const reply = isSame(known, command) ? known : { ...command, updatedAt };
    return { reply, before: known };
  });
}

/** Forgets a reply; one that is not there is forgotten already. @throws ChatError `forbidden` */
export async function deleteReply(
  ports: SavedRepliesPorts,
  caller: Caller,
  { replyId }: { replyId: string },
): Promise<void> {
  const vendor = requireVendor(caller);
  await inRounds(ports, vendor, (replies) => {
    const rest = replies.filter((reply) => reply.replyId !== replyId);
    return { replies: rest.length === replies.length ? null : rest, result: undefined };
  });
}

/** What is to become of a list: a reply that is new, replaced (`before`), or stays as it is (the same). */
type Plan = (
  replies: readonly SavedReply[],
  updatedAt: string,
) => { reply: SavedReply; before: SavedReply | null };

async function change(ports: SavedRepliesPorts, vendor: Member, plan: Plan): Promise<SavedReply> {
  return inRounds(ports, vendor, (replies) => {
    const { reply, before } = plan(replies, toIso(ports.now()));
    if (reply === before) return { replies: null, result: reply };
    const others = replies.filter(({ replyId }) => replyId !== reply.replyId);
    checkShortcut(others, reply);
    const all = [...others, reply];
    checkSize(all);
    return { replies: all, result: reply };
  });
}

/** Two letters that look the same and differ in size only would be found by the same keys. */
function keyOf({ shortcut }: SavedReplyBody): string {
  return shortcut.normalize('NFC').toLowerCase();
}

function checkShortcut(others: readonly SavedReply[], reply: SavedReply): void {
  if (!others.some((other) => keyOf(other) === keyOf(reply))) return;
  throw new ChatError('conflict', { message: `Another reply is called "${reply.shortcut}".` });
}

function checkSize(replies: readonly SavedReply[]): void {
  const characters = replies.flatMap(({ messages }) => messages).join('').length;
  if (replies.length <= MAX_SAVED_REPLIES && characters <= MAX_SAVED_CHARACTERS) return;
  const message = `A shop keeps at most ${MAX_SAVED_REPLIES} replies of ${MAX_SAVED_CHARACTERS} characters together.`;
  throw new ChatError('too_large', { message });
}

function isSame(a: SavedReplyBody, b: SavedReplyBody): boolean {
  return JSON.stringify([a.shortcut, a.messages]) === JSON.stringify([b.shortcut, b.messages]);
}

function byShortcut(a: SavedReply, b: SavedReply): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

interface Outcome<T> {
  /** Null where the list stays as it is. */
  readonly replies: readonly SavedReply[] | null;
  readonly result: T;
}

/** Each round somebody of the staff has won. */
const MAX_ROUNDS = 10;
const MAX_JITTER_MS = 50;

/** @throws ChatError `unavailable` where others kept being faster */
async function inRounds<T>(
  ports: SavedRepliesPorts,
  vendor: Member,
  decide: (replies: readonly SavedReply[]) => Outcome<T>,
): Promise<T> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { version, replies: before } = await ports.profiles.getReplies(vendor);
    const { replies, result } = decide(before);
    if (replies === null) return result;
    if (await ports.profiles.putReplies(vendor, { version: version + 1, replies })) return result;
    await ports.wait(ports.random() * MAX_JITTER_MS);
  }
  throw new ChatError('unavailable');
}
