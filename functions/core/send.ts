/** Sending: one conditional put is the commit, and a retry finds its twin wherever it landed. */
import { ChatError } from '#protocol/errors.ts';
import { MAX_SENDS_BEHIND, RETRY_WINDOW } from '#protocol/limits.ts';
import type { Message, OutgoingMessage } from '#protocol/message.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Caller, causeOf, enterRoom, type GetHead, type Membership } from './access.ts';
import { type ContactPorts, takeContact } from './accounts/contacts.ts';
import { attach, type AttachPorts } from './attachments/attach.ts';
import { checkWishes } from './attachments/draft.ts';
import type { AnnouncePorts } from './changes/announce.ts';
import { fanOut, type FanOutPorts, type LookedUp, lookUpBeside } from './fan-out.ts';
import { costOfOne, messageRate, takeOne } from './flood.ts';
import {
  checkSize,
  checkText,
  draftMessage,
  isSameContent,
  type MessageDraft,
  renderMessage,
  type StoredMessage,
} from './message.ts';
import { checkProduct, isSameProduct, type Rules } from './product.ts';
import { marksFrame } from './receipts.ts';
import {
  type ChangeAbout,
  otherSide,
  type RoomAbout,
  type Side,
  SIDES,
  type StoredHead,
  toIso,
} from './room.ts';
import { type GetMine, roomFrames } from './staff/view.ts';
import {
  applyChange,
  changeAsPlanned,
  type ChangeHead,
  type Consequences,
  planSummary,
} from './summary.ts';
import { statusBy } from './system/effects.ts';

/** Which messages of a room, ascending, exclusive of `after`, up to and including `through`. */
export interface MessageRange {
  readonly roomId: string;
  readonly after: number;
  readonly through?: number;
}

export interface SendPorts extends FanOutPorts {
  readonly rooms: {
    getHead: GetHead;
    changeHead: ChangeHead;
    getAbout: (roomId: string) => Promise<RoomAbout | null>;
    changeAbout: ChangeAbout;
    getMine: GetMine;
  };
  readonly messages: {
    /** Stores a message where none is. @returns false where one is */
    put: (message: StoredMessage) => Promise<boolean>;
    /** All messages of a range, read consistently. */
    listRange: (range: MessageRange) => Promise<StoredMessage[]>;
  };
  readonly profiles: ContactPorts['profiles'];
  readonly rules: Rules;
  readonly random: () => number;
}

export interface SendCommand {
  readonly roomId: string;
  /** The last seq the client had when it first tried this id; kept on retries. */
  readonly after?: number;
  readonly message: OutgoingMessage;
}

export interface SendResult {
  /** As the caller reads it. */
  readonly message: Message;
  /** False for a retry, which is answered with what is stored. */
  readonly isNew: boolean;
  /** A device of another member took it; absent on a retry. */
  readonly delivered?: boolean;
}

/**
 * Stores a message once, however often and concurrently it is tried, and tells the members.
 * @throws ChatError `not_found`, `invalid`, `too_large`, `unsupported`, `behind`, `conflict`, `rate_limited`, `unavailable`
 */
export async function send(
  ports: SendPorts & AttachPorts & RemovePorts,
  caller: Caller,
  command: SendCommand,
): Promise<SendResult> {
  checkContent(ports.rules, command.message);
  const entered = await enterRoom(ports.rooms, caller, command.roomId);
  const draft = draftMessage(caller, entered.member, command);
  checkSize(draft, entered.member);
  const searched = await searchWindow(ports, entered.head, command);
  const twin = searched.find((one) => isTwin(one, draft));
  if (twin !== undefined) return answerRetry(ports, twin, draft);
  const hidden = await findHiddenTwin(ports, entered, draft);
  if (hidden !== undefined) return answerRetry(ports, hidden, draft);
  await checkReplyTo(ports, entered.head, draft);
  const checked = await withFiles(ports, entered, draft);
  const { customer, vendor } = entered.head;
  const { result: place, rows } = await lookUpBeside(
    ports,
    [customer, vendor],
    findPlace(ports, entered, checked),
  );
  if (!place.isNew) return answerRetry(ports, place.message, draft);
  const seen = command.after ?? entered.head.seq;
  const hasMissed = [...searched, ...place.rivals].some(
    (one) => one.seq > seen && one.sender !== undefined && one.sender !== draft.sender,
  );
  return publish(ports, {
    ...entered,
    caller,
    message: place.message,
    between: place.rivals,
    rows,
    hasMissed,
  });
}

function checkContent(rules: Rules, message: OutgoingMessage): void {
  checkText(message.text, rules.limits);
  if ('attachments' in message) checkWishes(message.attachments, rules.limits);
  if ('product' in message) checkProduct(message.product, rules, 'message.product');
}

/** Files are in the room before the message is: what a death in between leaves there is harmless, and a retry's. */
async function withFiles(
  ports: AttachPorts,
  { member }: Membership,
  draft: MessageDraft,
): Promise<MessageDraft> {
  const { roomId, id: messageId, type, attachments } = draft;
  if (attachments === undefined) return draft;
  const command = { roomId, member, messageId, onlyPictures: type === 'image', attachments };
  return { ...draft, attachments: await attach(ports, command) };
}

/** What was stored since the client's first try, as far as the summary knows; without `after` the last 50. */
async function searchWindow(
  ports: SendPorts,
  head: StoredHead,
  { roomId, after }: SendCommand,
): Promise<StoredMessage[]> {
  const from = after ?? Math.max(0, head.seq - RETRY_WINDOW);
  if (head.seq - from > MAX_SENDS_BEHIND) throw new ChatError('behind');
  if (head.seq <= from) return [];
  return ports.messages.listRange({ roomId, after: from, through: head.seq });
}

function isTwin(stored: StoredMessage, draft: MessageDraft): boolean {
  return stored.id === draft.id && stored.sender === draft.sender;
}

type RemovePorts = Pick<AnnouncePorts, 'removeObjects'>;

async function answerRetry(
  { removeObjects }: RemovePorts,
  stored: StoredMessage,
  draft: MessageDraft,
): Promise<SendResult> {
  if (!isSameContent(stored, draft)) throw new ChatError('conflict');
  // This try may have copied the files once more since they were removed with their message.
  if (stored.removedKeys !== undefined) await removeObjects(stored.roomId, stored.removedKeys);
  return { message: renderMessage(stored, ownMember(draft)), isNew: false };
}

function ownMember({ sender }: MessageDraft): NonNullable<MessageDraft['sender']> {
  if (sender === undefined) throw new Error('A member sends in its own name.');
  return sender;
}

/**
 * @param rivals what was stored behind the summary, which does not know yet what they took
 * @throws ChatError `rate_limited`
 */
function checkQuota(
  { rules, now }: SendPorts,
  { head, member, side }: Membership,
  rivals: readonly StoredMessage[] = [],
): void {
  const rate = messageRate(rules.limits);
  const own = rivals.filter(({ sender }) => sender === member).length;
  takeOne(rate, Math.max(head.flood[side], now()) + own * costOfOne(rate), now());
}

/** A retry is never refused: its twin may lie beyond what the summary knows. */
async function findHiddenTwin(
  ports: SendPorts,
  entered: Membership,
  draft: MessageDraft,
): Promise<StoredMessage | undefined> {
  try {
    checkQuota(ports, entered);
    await takeContact(ports, entered);
    return undefined;
  } catch (error) {
    const { roomId, seq } = entered.head;
    const later = await ports.messages.listRange({ roomId, after: seq });
    const twin = later.find((one) => isTwin(one, draft));
    if (twin === undefined) throw error;
    return twin;
  }
}

/** Numbers have no gaps, so every seq up to the newest exists. */
async function checkReplyTo(
  ports: SendPorts,
  head: StoredHead,
  { replyTo }: MessageDraft,
): Promise<void> {
  if (replyTo === undefined || replyTo <= head.seq) return;
  const range = { roomId: head.roomId, after: replyTo - 1, through: replyTo };
  if ((await ports.messages.listRange(range)).length > 0) return;
  const message = 'is no message of this room';
  throw new ChatError('invalid', { errors: [{ path: 'message.replyTo', message }] });
}

interface Place {
  readonly message: StoredMessage;
  readonly isNew: boolean;
  /** What others stored behind the summary meanwhile. */
  readonly rivals: readonly StoredMessage[];
}

const MAX_ROUNDS = 20;
const MAX_JITTER_MS = 100;

/**
 * Takes the first free number. It starts behind the summary and never from `after`, so no client can make
 * a gap; and it passes no taken number without having looked there for a twin.
 */
async function findPlace(
  ports: SendPorts,
  entered: Membership,
  draft: MessageDraft,
): Promise<Place> {
  const { head } = entered;
  const rivals: StoredMessage[] = [];
  let seq = head.seq + 1;
  let previousAt = head.lastActivityAt;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const message = { ...draft, seq, at: laterOf(previousAt, toIso(ports.now())) };
    if (await ports.messages.put(message)) return { message, isNew: true, rivals };
    // Before the look and not after it: what it finds free would be taken again meanwhile.
    await ports.wait(ports.random() * Math.min(MAX_JITTER_MS, 5 * 2 ** round));
    const found = await ports.messages.listRange({ roomId: head.roomId, after: seq - 1 });
    const twin = found.find((one) => isTwin(one, draft));
    if (twin !== undefined) return { message: twin, isNew: false, rivals };
    rivals.push(...found);
    checkQuota(ports, entered, rivals);
    const last = found.at(-1);
    if (last !== undefined) {
      seq = last.seq + 1;
      previousAt = laterOf(previousAt, last.at);
    }
  }
  throw new ChatError('unavailable');
}

/** ISO times sort as text. Time never runs against seq, also where two clocks differ. */
function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

interface Publication extends Membership {
  readonly caller: Caller;
  readonly message: StoredMessage;
  readonly between: readonly StoredMessage[];
  readonly rows: LookedUp;
  /** Messages of others lie between what the sender had seen and this one. */
  readonly hasMissed: boolean;
}

/** Derives everything else from a stored message. What fails here the stream mends: the message stands. */
async function publish(ports: SendPorts, publication: Publication): Promise<SendResult> {
  const { head, member, side, message, caller, rows } = publication;
  const other = otherSide(side);
  const consequences: Consequences = {
    message,
    between: publication.between,
    readBy: publication.hasMissed ? null : side,
    deliveredTo: [side],
    flood: { side, costMs: costOfOne(messageRate(ports.rules.limits)), nowMs: ports.now() },
  };
  let delivered = false;
  try {
    const frames = await framesOf(ports, head, consequences);
    const reached = await fanOut(ports, [
      { member, frames: frames[side], skip: causeOf(caller), rows: rows.get(member) },
      { member: head[other], frames: frames[other], rows: rows.get(head[other]) },
    ]);
    delivered = reached.has(head[other]);
    // Some devices may not have been told. A summary that stays behind is the stream's to mend, and it tells them.
    if (!rows.has(head[side]) || !rows.has(head[other])) throw new Error('Devices were left out.');
    const deliveredTo: Side[] = delivered ? [side, other] : [side];
    const told = delivered ? tellArrival(ports, publication) : null;
    try {
      await writeSummary(ports, publication, { ...consequences, deliveredTo });
    } finally {
      await told;
    }
  } catch (error) {
    ports.report(error);
  }
  return { message: renderMessage(message, member), isNew: true, delivered };
}

/**
 * Of a read mark that passed what nobody had marked as read everybody is told, the sending device too: neither the
 * message nor its answer says so.
 */
async function writeSummary(
  ports: SendPorts,
  { head: start, side, rows }: Publication,
  consequences: Consequences,
): Promise<void> {
  const { seq } = consequences.message;
  let before = start;
  const { head, changed } = await changeAsPlanned(ports.rooms, start, (current) => {
    before = current;
    return planSummary(current, consequences);
  });
  const hasPassed = changed && before.read[side] < seq - 1 && head.read[side] >= seq;
  if (!hasPassed) return;
  const frames = [marksFrame(head, side, ports.now())];
  const deliveries = SIDES.map((one) => ({
    member: head[one],
    frames,
    rows: rows.get(head[one]),
  }));
  await fanOut(ports, deliveries);
}

/** The sending device learns from its answer that the message has arrived, the sender's others from this. */
async function tellArrival(ports: SendPorts, publication: Publication): Promise<void> {
  const { head, member, side, message, caller, rows } = publication;
  const other = otherSide(side);
  const arrived = { ...head, delivered: { ...head.delivered, [other]: message.seq } };
  const frames = [marksFrame(arrived, other, ports.now())];
  await fanOut(ports, [{ member, frames, skip: causeOf(caller), rows: rows.get(member) }]);
}

type Frames = Record<Side, readonly ServerFrame[]>;

/** What each side gets of a message: the room too, where it is new to lists or its status changes. */
export async function framesOf(
  ports: Pick<SendPorts, 'rooms'>,
  head: StoredHead,
  consequences: Consequences,
): Promise<Frames> {
  const { message } = consequences;
  const bringsRoom = message.seq === 1 || (statusBy(message) ?? head.status) !== head.status;
  const about = await refreshProduct(ports, head, { message, bringsRoom });
  const change = planSummary(head, consequences);
  const after = change === null ? head : applyChange(head, change);
  const rooms = bringsRoom ? await roomFrames(ports.rooms, after, about) : null;
  const frames = (side: Side): ServerFrame[] => [
    ...(rooms === null ? [] : [rooms[side]]),
    { event: 'message', message: renderMessage(message, head[side]) },
  ];
  return { customer: frames('customer'), vendor: frames('vendor') };
}

/** Reads what the room is about only where it is shown, or may change by a customer's product. */
async function refreshProduct(
  { rooms }: Pick<SendPorts, 'rooms'>,
  { roomId, customer }: StoredHead,
  { message, bringsRoom }: { message: StoredMessage; bringsRoom: boolean },
): Promise<RoomAbout | null> {
  const product = message.sender === customer ? message.product : undefined;
  if (product === undefined) return bringsRoom ? rooms.getAbout(roomId) : null;
  const about = (await rooms.getAbout(roomId)) ?? { roomId, names: {}, pictures: {} };
  if (isSameProduct(about.product, product)) return about;
  await rooms.changeAbout(roomId, { product });
  return { ...about, product };
}
