/** Who is in a room, as its state shows them. */
import type { Room } from '#protocol/room.ts';

import type { Person, Presence } from '../conversation.ts';
import { keepIdentity, keepItems } from '../store.ts';

/** What is known of them. */
export interface PeopleSource {
  readonly room: Room | null;
  readonly me: string | null;
  readonly read: Readonly<Record<string, number>>;
  readonly presenceOf: (member: string) => Presence;
}

/** The members of a room; who looks as before stays the same object. */
export function viewPeople(before: readonly Person[], source: PeopleSource): readonly Person[] {
  const { room, me, read, presenceOf } = source;
  const people = (room?.members ?? []).map(({ member, name, picture }, index): Person => {
    const isMe = member === me;
    const readSeq = read[member] ?? 0;
    const presence = presenceOf(member);
    const person = { member, name, picture: picture ?? null, isMe, readSeq, ...presence };
    return keepIdentity(before[index] ?? person, person);
  });
  return keepItems(before, people);
}
