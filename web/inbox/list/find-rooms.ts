/** Finds conversations among those that are loaded: by name, product, last words or label. */
import type { Room } from '#protocol/room.ts';

/** What a room is found by, made once for each state of it. */
const haystacks = new WeakMap<Room, string>();

/** The rooms that hold every word of the query, in their order; all of them for a blank one. */
export function findRooms(rooms: readonly Room[], query: string): readonly Room[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return rooms;
  return rooms.filter((room) => {
    const haystack = haystackOf(room);
    return words.every((word) => haystack.includes(word));
  });
}

function haystackOf(room: Room): string {
  const known = haystacks.get(room);
  if (known !== undefined) return known;
  const names = room.members.filter(({ member }) => member.startsWith('customer:'));
  const texts = [
    ...names.map(({ name }) => name),
    room.product?.title ?? '',
    room.lastMessage?.preview ?? '',
    ...room.mine.labels,
  ];
  const haystack = fold(texts.join('\n'));
  haystacks.set(room, haystack);
  return haystack;
}

/** Without case and accents, in every script: what one types in a hurry finds what is written with care. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
