/** Posting system messages: the commit of `send`, for what nobody wrote. */
import { createHash } from 'node:crypto';

import { ChatError } from '#protocol/errors.ts';
import { MAX_SENDS_BEHIND, RETRY_WINDOW } from '#protocol/limits.ts';

import type { Cause } from '../access.ts';
import { fanOut, lookUpBeside } from '../fan-out.ts';
import type { MessageDraft, StoredMessage } from '../message.ts';
import { type Side, SIDES, type StoredHead, toIso } from '../room.ts';
import { framesOf, type SendPorts } from '../send.ts';
import { changeAsPlanned, type Consequences, planSummary } from '../summary.ts';
import { statusBy, type SystemEvent } from './effects.ts';

export type PostPorts = Pick<
  SendPorts,
  'rooms' | 'messages' | 'connections' | 'push' | 'close' | 'now' | 'wait' | 'random' | 'report'
>;

/** What happened to a room. */
export interface SystemNews {
  readonly head: StoredHead;
  readonly event: SystemEvent;
  /** What the sentence of the reader's catalogue fills in; every member reads it. */
  readonly params: Record<string, unknown>;
  /** Tells this occasion from others of the same event: the same key is the same message, whoever posts it. */
  readonly key: string;
  /** When it happened, ISO 8601; now unless given, and never before the room's last activity. */
  readonly at?: string;
  /** A seq before which this occasion cannot have been posted; unless given, the last 50 messages are searched. */
  readonly after?: number;
  /** The side that caused it, and the device of it that is not told. */
  readonly by?: {
    readonly side: Side;
    readonly cause: Cause;
    /** What it takes from that side's quota of messages (see flood.ts). */
    readonly costMs: number;
  };
}

export interface Posted {
  readonly message: StoredMessage;
  /** False where it was there already. */
  readonly isNew: boolean;
}

/**
 * Stores a system message once, however often and concurrently it is tried, and tells the members. What fails
 * after the commit the stream mends.
 * @throws ChatError `unavailable`
 */
export async function postSystemMessage(ports: PostPorts, news: SystemNews): Promise<Posted> {
  const { head, event, params, key } = news;
  const draft: MessageDraft = {
    roomId: head.roomId,
    id: systemMessageId(head.roomId, event, key),
    type: 'system',
    system: { event, params },
  };
  const posted = await findPosted(ports, news, draft);
  if (posted !== undefined) return { message: posted, isNew: false };
  const { message, isNew, between } = await takePlace(ports, news, draft);
  if (isNew) await publish(ports, news, { message, between });
  return { message, isNew };
}

/** The id of an occasion, shaped like a client's (a UUID of version 8, whose bits are the application's own). */
export function systemMessageId(roomId: string, event: SystemEvent, key: string): string {
  const hash = createHash('sha256').update(`system\0${roomId}\0${event}\0${key}`).digest('hex');
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return parts.join('-');
}

async function findPosted(
  { messages }: PostPorts,
  { head, after }: SystemNews,
  draft: MessageDraft,
): Promise<StoredMessage | undefined> {
  const from = Math.max(after ?? head.seq - RETRY_WINDOW, head.seq - MAX_SENDS_BEHIND, 0);
  if (from >= head.seq) return undefined;
  const found = await messages.listRange({ roomId: head.roomId, after: from, through: head.seq });
  return found.find((one) => isTwin(one, draft));
}

/** Members cannot send this type, so an id of their choosing is no twin. */
function isTwin(stored: StoredMessage, draft: MessageDraft): boolean {
  return stored.sender === undefined && stored.id === draft.id;
}

/** What another occasion has made of the room meanwhile, where it is the same: a closed room is not closed again. */
function sameStatus(
  between: readonly StoredMessage[],
  draft: MessageDraft,
): StoredMessage | undefined {
  if (statusBy(draft) === undefined) return undefined;
  const last = between.findLast((one) => statusBy(one) !== undefined);
  return last?.sender === undefined && last?.system?.event === draft.system?.event
    ? last
    : undefined;
}

interface Place extends Posted {
  /** What others stored behind the summary meanwhile. */
  readonly between: readonly StoredMessage[];
}

const MAX_ROUNDS = 20;
const MAX_JITTER_MS = 100;

/** Takes the first free number behind the summary, passing none without a look for a twin. */
async function takePlace(
  ports: PostPorts,
  { head, at }: SystemNews,
  draft: MessageDraft,
): Promise<Place> {
  const between: StoredMessage[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const last = between.at(-1) ?? { seq: head.seq, at: head.lastActivityAt };
    const wanted = at ?? toIso(ports.now());
    // Time never runs against seq.
    const message = { ...draft, seq: last.seq + 1, at: wanted > last.at ? wanted : last.at };
    if (await ports.messages.put(message)) return { message, isNew: true, between };
    await ports.wait(ports.random() * Math.min(MAX_JITTER_MS, 5 * 2 ** round));
    const found = await ports.messages.listRange({ roomId: head.roomId, after: last.seq });
    between.push(...found);
    const twin = found.find((one) => isTwin(one, draft)) ?? sameStatus(between, draft);
    if (twin !== undefined) return { message: twin, isNew: false, between };
  }
  throw new ChatError('unavailable');
}

async function publish(
  ports: PostPorts,
  { head, by }: SystemNews,
  { message, between }: Pick<Place, 'message' | 'between'>,
): Promise<void> {
  const flood = by && { flood: { side: by.side, costMs: by.costMs, nowMs: ports.now() } };
  const consequences: Consequences = { message, between, readBy: null, deliveredTo: [], ...flood };
  try {
    const members = SIDES.map((side) => head[side]);
    const { result: frames, rows } = await lookUpBeside(
      ports,
      members,
      framesOf(ports, head, consequences),
    );
    const deliveries = SIDES.map((side) => ({
      member: head[side],
      frames: frames[side],
      rows: rows.get(head[side]),
      ...(by?.side === side ? { skip: by.cause } : {}),
    }));
    const reached = await fanOut(ports, deliveries);
    // As in `send`: a summary that stays behind is the stream's to mend, and it tells whoever was left out.
    if (!members.every((member) => rows.has(member))) throw new Error('Devices were left out.');
    const deliveredTo = SIDES.filter((side) => reached.has(head[side]));
    await changeAsPlanned(ports.rooms, head, (current) =>
      planSummary(current, { ...consequences, deliveredTo }),
    );
  } catch (error) {
    ports.report(error);
  }
}
