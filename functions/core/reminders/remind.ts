/** What becomes of a reminder when it comes out of the queue. */
import type { BusEvent } from '#protocol/events.ts';
import type { Member } from '#protocol/ids.ts';
import type { Product } from '#protocol/message.ts';

import type { GetHead } from '../access.ts';
import { type Bus, keyOf } from '../bus/bus.ts';
import { type FanOutPorts, liveOnes } from '../fan-out.ts';
import type { HistoryPorts } from '../history.ts';
import { previewOf, type StoredMessage } from '../message.ts';
import {
  isWaiting,
  nameOf,
  otherSide,
  type RoomAbout,
  type StoredHead,
  toIso,
  unreadOf,
} from '../room.ts';
import { type GetMine, mineOf } from '../staff/view.ts';
import { knownName, type RecallShop } from '../vendor/shop.ts';
import { delayOf, type QueueReminder, type Reminder, type RemindAfter } from './reminder.ts';

export interface RemindPorts {
  readonly rooms: {
    getHead: GetHead;
    getAbout: (roomId: string) => Promise<RoomAbout | null>;
    getMine: GetMine;
  };
  readonly profiles: {
    /** The seq of the newest reminder that a member was told; 0 for none. */
    getTold: (member: Member, of: Pick<Reminder, 'kind' | 'roomId'>) => Promise<number>;
    /** Remembers what was told for a while; a lower seq than what is remembered changes nothing. */
    putTold: (
      member: Member,
      told: Pick<Reminder, 'kind' | 'roomId' | 'seq'>,
      expiresAtMs: number,
    ) => Promise<void>;
  };
  readonly messages: Pick<HistoryPorts['messages'], 'listPage'>;
  readonly connections: Pick<FanOutPorts['connections'], 'list'>;
  readonly recallShop: RecallShop;
  readonly queueReminder: QueueReminder;
  readonly remindAfter: RemindAfter;
  readonly bus: Bus;
  readonly now: () => number;
}

/** `told`; `later`: it is in the queue again; `dropped`: nothing is left to tell, or it was told already. */
export type Outcome = 'told' | 'later' | 'dropped';

/** How many of the newest messages are looked through for an answer and a preview. */
const MAX_SEARCHED = 100;
/** Who has been online and unread for so long is told by what it looks at. */
const MAX_AGE_MS = 24 * 3_600_000;
/** Longer than the queue keeps anything. */
const REMEMBERED_MS = 15 * 86_400_000;

/** Tells a member of what it missed, if the hour has come and it still holds. Safe to repeat. */
export async function remind(ports: RemindPorts, reminder: Reminder): Promise<Outcome> {
  if (ports.now() < Date.parse(reminder.dueAt)) return queueAgain(ports, reminder);
  const { kind, roomId, side, seq } = reminder;
  const head = await ports.rooms.getHead(roomId, { consistent: true });
  if (head === null || !isDue(ports, head, reminder)) return 'dropped';
  if ((await mineOf(ports.rooms, head, side))?.muted === true) return 'dropped';
  const missed = await missedSince(ports, head, reminder);
  if (missed === null) return 'dropped';
  const told = await ports.profiles.getTold(head[side], reminder);
  // What was told before lies in the same absence as long as no device took it.
  if (told >= seq || told > Math.max(head.read[side], head.delivered[side])) return 'dropped';
  // Last, because it is asked for again and again while a member is there and does not read.
  if (kind === 'unread' && (await isThere(ports, head[side]))) return lookAgain(ports, reminder);
  const [about, shop] = await Promise.all([
    ports.rooms.getAbout(roomId),
    ports.recallShop(head.vendor),
  ]);
  const names = {
    customerName: nameOf(head, about, 'customer'),
    vendorName: knownName(shop) ?? nameOf(head, about, 'vendor'),
  };
  const news = { head, names, product: about?.product, reminder, missed };
  const event = eventOf(news, toIso(ports.now()));
  await ports.bus.publish([event]);
  // Behind the event: a death between the two tells twice, with the same key, and never not at all.
  await ports.profiles.putTold(head[side], reminder, ports.now() + REMEMBERED_MS);
  return 'told';
}

/** What the head alone says. A setting that was switched off meanwhile holds for what waits in the queue too. */
function isDue({ remindAfter, bus }: RemindPorts, head: StoredHead, reminder: Reminder): boolean {
  const { kind, side, seq } = reminder;
  if (remindAfter[kind] === null || !bus.wants(EVENT_TYPES[kind])) return false;
  return kind === 'unread' ? head.read[side] < seq : isWaiting(head);
}

const EVENT_TYPES = { unread: 'member.unread', waiting: 'customer.waiting' } as const;

/** What the other side wrote since the absence began and has not deleted; null where that is answered, or nothing. */
async function missedSince(
  { messages }: RemindPorts,
  head: StoredHead,
  { kind, roomId, side, seq }: Reminder,
): Promise<StoredMessage[] | null> {
  const after = seq - 1;
  const page = await messages.listPage({ roomId, after, limit: MAX_SEARCHED, from: 'newest' });
  // The vendor may have answered and be waited for again: that wait has a reminder of its own.
  if (kind === 'waiting' && page.some(({ sender }) => sender === head[side])) return null;
  const missed = page.filter(
    ({ sender, deletedAt }) => sender === head[otherSide(side)] && deletedAt === undefined,
  );
  return missed.length === 0 ? null : missed;
}

async function isThere(ports: RemindPorts, member: Member): Promise<boolean> {
  const rows = await ports.connections.list(member, { consistent: true });
  return liveOnes(rows, ports.now()).length > 0;
}

async function queueAgain(ports: RemindPorts, reminder: Reminder): Promise<Outcome> {
  await ports.queueReminder(reminder, delayOf(reminder, ports.now()));
  return 'later';
}

/** Whoever is there may still leave without reading; each look waits as long as all before it. */
async function lookAgain(ports: RemindPorts, reminder: Reminder): Promise<Outcome> {
  const ageMs = ports.now() - Date.parse(reminder.since);
  if (ageMs > MAX_AGE_MS) return 'dropped';
  const waitMs = Math.max(ageMs, ports.remindAfter[reminder.kind] ?? 0);
  return queueAgain(ports, { ...reminder, dueAt: toIso(ports.now() + waitMs) });
}

interface Told {
  readonly head: StoredHead;
  readonly names: { readonly customerName: string; readonly vendorName: string };
  readonly product: Product | undefined;
  readonly reminder: Reminder;
  readonly missed: readonly StoredMessage[];
}

function eventOf({ head, names, product, reminder, missed }: Told, at: string): BusEvent {
  const { kind, roomId, side, seq, since } = reminder;
  const newest = missed.at(-1);
  const type = EVENT_TYPES[kind];
  const detail = {
    version: 1,
    key: keyOf(type, { roomId, seq }),
    at,
    roomId,
    customer: head.customer,
    vendor: head.vendor,
    ...names,
    unread: unreadOf(head, side),
    seq,
    since,
    preview: newest === undefined ? '' : previewOf(newest),
    ...(product === undefined ? {} : { product }),
  } as const;
  return type === 'member.unread'
    ? { type, detail: { ...detail, member: head[side] } }
    : { type, detail };
}
