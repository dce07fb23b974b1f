/** Opening the one room of a customer and a vendor, and reading a room. */
import { ChatError } from '#protocol/errors.ts';
import { type Member, vendorMember } from '#protocol/ids.ts';
import type { Product } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import { type Caller, enterRoom, type GetHead, publicName, requireMember } from './access.ts';
import { type Quota, takeFrom } from './flood.ts';
import { checkProduct, isSameProduct, type Rules } from './product.ts';
import {
  type AboutChange,
  type ChangeAbout,
  directRoomId,
  newHead,
  renderRoom,
  type RoomAbout,
  type Side,
  SIDES,
  type StoredHead,
  toIso,
} from './room.ts';
import { type GetMine, mineOf } from './staff/view.ts';
import { knownName, type RecallShop } from './vendor/shop.ts';

export interface ReadRoomPorts {
  readonly rooms: {
    getHead: GetHead;
    getAbout: (roomId: string) => Promise<RoomAbout | null>;
    changeAbout: ChangeAbout;
    getMine: GetMine;
  };
  readonly recallShop: RecallShop;
}

export interface OpenRoomPorts extends ReadRoomPorts {
  readonly rooms: ReadRoomPorts['rooms'] & {
    /** Stores a head where none is. @returns false where one is */
    createHead: (head: StoredHead) => Promise<boolean>;
  };
  readonly profiles: {
    /** The member's quota of new rooms. */
    roomQuota: (member: Member) => Quota;
  };
  readonly rules: Rules;
  readonly now: () => number;
}

/** What a customer asks for: a vendor by its id, and perhaps the product it looks at. */
export interface OpenRoomCommand {
  readonly vendorId: string;
  readonly product?: Product;
}

/**
 * The customer's room with a vendor, made if new. The product is kept until somebody has written;
 * from then on it is the latest that a customer's message carried.
 * @throws ChatError `forbidden` for all but customers, `invalid`, `rate_limited`
 */
export async function openRoom(
  ports: OpenRoomPorts,
  caller: Caller,
  command: OpenRoomCommand,
): Promise<{ room: Room; isNew: boolean }> {
  const customer = requireMember(caller);
  if (caller.role !== 'customer') {
    throw new ChatError('forbidden', { message: 'Only a customer opens a room.' });
  }
  checkProduct(command.product, ports.rules, 'product');
  const vendor = vendorMember(command.vendorId);
  const { head, isNew } = await findOrCreate(ports, customer, vendor);
  // Nobody has written: what the customer looks at is what the room is about.
  const product = head.seq > 0 ? undefined : command.product;
  const about = await refreshAbout(ports, { head, side: 'customer', caller }, product);
  const mine = await mineOf(ports.rooms, head, 'customer');
  return { room: renderRoom(head, { about, mine }, 'customer'), isNew };
}

/** One room, as the caller's side reads it. @throws ChatError `not_found` */
export async function getRoom(
  ports: ReadRoomPorts,
  caller: Caller,
  { roomId }: { roomId: string },
): Promise<Room> {
  const { head, side } = await enterRoom(ports.rooms, caller, roomId);
  const [about, mine] = await Promise.all([
    refreshAbout(ports, { head, side, caller }),
    mineOf(ports.rooms, head, side),
  ]);
  return renderRoom(head, { about, mine }, side);
}

async function findOrCreate(
  ports: OpenRoomPorts,
  customer: Member,
  vendor: Member,
): Promise<{ head: StoredHead; isNew: boolean }> {
  const roomId = directRoomId(customer, vendor);
  const known =
    (await ports.rooms.getHead(roomId, { consistent: false })) ??
    (await ports.rooms.getHead(roomId, { consistent: true }));
  if (known !== null) return { head: known, isNew: false };
  const rate = { count: ports.rules.limits.roomsPerHour, windowMs: 3_600_000 };
  await takeFrom(ports.profiles.roomQuota(customer), rate, ports.now);
  const head = newHead(customer, vendor, toIso(ports.now()));
  if (await ports.rooms.createHead(head)) return { head, isNew: true };
  const twin = await ports.rooms.getHead(roomId, { consistent: true });
  if (twin === null) throw new ChatError('unavailable');
  return { head: twin, isNew: false };
}

/** Reads what a room is about, and writes it only where the caller, the shop or a product say something else. */
async function refreshAbout(
  { rooms, recallShop }: ReadRoomPorts,
  { head, side, caller }: { head: StoredHead; side: Side; caller: Caller },
  news?: Product,
): Promise<RoomAbout> {
  const { roomId } = head;
  const [before, shop] = await Promise.all([rooms.getAbout(roomId), recallShop(head.vendor)]);
  const product = news ?? before?.product;
  const names = { ...before?.names };
  const pictures = { ...before?.pictures };
  if (side === 'customer') {
    names.customer = publicName(caller, head.customer);
    if (caller.picture !== undefined) pictures.customer = caller.picture;
  }
  // A shop of which nobody says a name keeps the one it had.
  const vendorName = knownName(shop, side === 'vendor' ? caller.vendorName : undefined);
  if (vendorName !== undefined) names.vendor = vendorName;
  const logo = shop?.settings?.picture ?? null;
  if (logo === null) delete pictures.vendor;
  else pictures.vendor = logo;
  const about = { roomId, names, pictures, ...(product === undefined ? {} : { product }) };
  const change = changeOf(before, about);
  if (change !== null) await rooms.changeAbout(roomId, change);
  return about;
}

/** What has to be written, and only that: two who say different things at once lose neither. */
function changeOf(before: RoomAbout | null, about: RoomAbout): AboutChange | null {
  const names = differing(before?.names ?? {}, about.names);
  const pictures = differing(before?.pictures ?? {}, about.pictures);
  const isNewProduct = !isSameProduct(before?.product, about.product);
  const product = isNewProduct ? about.product : undefined;
  if (names === null && pictures === null && product === undefined) return null;
  return {
    ...(names === null ? {} : { names }),
    ...(pictures === null ? {} : { pictures }),
    ...(product === undefined ? {} : { product }),
  };
}

type Texts = Partial<Record<Side, string>>;

function differing(before: Texts, after: Texts): Partial<Record<Side, string | null>> | null {
  const sides = SIDES.filter((side) => before[side] !== after[side]);
  if (sides.length === 0) return null;
  return Object.fromEntries(sides.map((side) => [side, after[side] ?? null]));
}
