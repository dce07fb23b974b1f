/** Keeps rows where they are while somebody points at the list: what moves waits, and what is new stands above. */
import type { Room } from '#protocol/room.ts';

/**
 * The rooms in the order in which they are shown, each as it is now; one that left the list stays until the
 * order is let go. New ones stand above the others, further pages below. The same list where nothing changed.
 */
export function holdOrder(shown: readonly Room[], rooms: readonly Room[]): readonly Room[] {
  const now = new Map(rooms.map((room) => [room.roomId, room]));
  const kept = shown.map((room) => now.get(room.roomId) ?? room);
  for (const { roomId } of shown) now.delete(roomId);
  const oldest = shown.at(-1)?.lastActivityAt ?? '';
  const others = [...now.values()];
  const above = others.filter(({ lastActivityAt }) => lastActivityAt > oldest);
  const below = others.filter(({ lastActivityAt }) => lastActivityAt <= oldest);
  const isSame = others.length === 0 && kept.every((room, index) => room === shown[index]);
  return isSame ? shown : [...above, ...kept, ...below];
}

/** How many rooms with something unread, the latest first, were active after the row that one last saw at the top. */
export function countNewer(rooms: readonly Room[], seenAt: string | null): number {
  if (seenAt === null) return 0;
  const index = rooms.findIndex(({ lastActivityAt }) => lastActivityAt <= seenAt);
  const newer = index === -1 ? rooms : rooms.slice(0, index);
  return newer.filter(({ unread }) => unread > 0).length;
}
