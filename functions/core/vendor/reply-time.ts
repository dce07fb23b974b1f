/** How fast a shop answers: the median of its first answers over 30 days, within its opening hours. */
import type { Member } from '#protocol/ids.ts';

import type { StoredMessage } from '../message.ts';
import { type StoredHead, toIso } from '../room.ts';
import { openBetween } from './hours.ts';
import { settingsOf } from './settings.ts';
import type { GetShop, RecallShop, StoredReplyTime, StoredShop } from './shop.ts';

/** A first answer: which message it was, and how long the shop was open while the customer waited. */
export interface FirstAnswer {
  readonly roomId: string;
  readonly seq: number;
  /** When it was given, ISO 8601. */
  readonly at: string;
  readonly seconds: number;
}

export interface ReplyTimePorts {
  readonly recallShop: RecallShop;
  readonly profiles: {
    getShop: GetShop;
    /** Keeps an answer until it is 30 days old; the same one again changes nothing. */
    putAnswer: (vendor: Member, answer: FirstAnswer, expiresAtMs: number) => Promise<void>;
    /** Seconds of the newest answers since a time, read consistently. */
    listAnswers: (
      vendor: Member,
      range: { since: string; limit: number },
    ) => Promise<Pick<FirstAnswer, 'seconds'>[]>;
    /** @returns false where somebody computed it since `from`; null: nobody ever */
    moveReplyTime: (
      vendor: Member,
      move: { from: number | null; to: StoredReplyTime },
    ) => Promise<boolean>;
  };
  readonly now: () => number;
}

const WINDOW_MS = 30 * 86_400_000;
/** The newest answers are enough for a median, and a bounded read. */
const MAX_ANSWERS = 200;
/** Fewer say nothing about the next one. */
const MIN_ANSWERS = 5;
/** From this many on one more hardly moves the median, so it is computed every few minutes only. */
const MANY_ANSWERS = 20;
const REFRESH_MS = 5 * 60_000;

/**
 * Counts the first answer that a room's head names, if it is among the messages. Safe to repeat: an answer is kept
 * by its room and seq. Per exchange it costs a write, a read of up to 200 small items and the update of the shop; per
 * message nothing.
 * @param command.head as it is after the messages
 * @param command.messages the room's new messages, whoever wrote them
 */
export async function recordAnswers(
  ports: ReplyTimePorts,
  { head, messages }: { head: StoredHead; messages: readonly StoredMessage[] },
): Promise<void> {
  const { exchange, roomId, vendor } = head;
  const answer = messages.find(({ seq }) => seq === exchange?.answeredSeq);
  if (exchange === undefined || answer === undefined) return;
  const { hours } = settingsOf(await ports.recallShop(vendor));
  const toMs = Date.parse(answer.at);
  const fromMs = Math.max(Date.parse(exchange.askedAt), toMs - WINDOW_MS);
  const openMs = openBetween(hours, { fromMs, toMs });
  // Asked and answered while it was closed: that says nothing of its opening hours.
  if (openMs === 0 && hours !== null) return;
  const { seq, at } = answer;
  const first: FirstAnswer = { roomId, seq, at, seconds: Math.round(openMs / 1000) };
  if (toMs + WINDOW_MS <= ports.now()) return;
  await ports.profiles.putAnswer(vendor, first, toMs + WINDOW_MS);
  await refresh(ports, vendor);
}

/** Whoever loses twice is counted: what won read the answers after this one was kept. */
const MAX_ROUNDS = 2;

async function refresh({ profiles, now }: ReplyTimePorts, vendor: Member): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = (await profiles.getShop(vendor, { consistent: true }))?.replyTime;
    if (known !== undefined && isFresh(known, now())) return;
    const since = toIso(now() - WINDOW_MS);
    const answers = await profiles.listAnswers(vendor, { since, limit: MAX_ANSWERS });
    const to: StoredReplyTime = {
      version: (known?.version ?? 0) + 1,
      seconds: answers.length < MIN_ANSWERS ? null : median(answers.map(({ seconds }) => seconds)),
      count: answers.length,
      at: toIso(now()),
    };
    if (await profiles.moveReplyTime(vendor, { from: known?.version ?? null, to })) return;
  }
}

function isFresh({ count, at }: StoredReplyTime, nowMs: number): boolean {
  return count >= MANY_ANSWERS && nowMs - Date.parse(at) < REFRESH_MS;
}

/** The middle value, or what lies between the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const high = Math.floor(sorted.length / 2);
  const low = Math.floor((sorted.length - 1) / 2);
  return Math.round(((sorted[low] ?? 0) + (sorted[high] ?? 0)) / 2);
}

/** What everybody sees of it, in seconds; null for too few answers, and where the last is older than 30 days. */
export function replySecondsOf(shop: StoredShop | null, nowMs: number): number | null {
  const known = shop?.replyTime;
  if (known === undefined || nowMs - Date.parse(known.at) > WINDOW_MS) return null;
  return known.seconds;
}
