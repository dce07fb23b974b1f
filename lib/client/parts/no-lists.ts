/** What stands in for the lists in a customer's client: it knows rooms, and shows one at a time. */
import { ChatError } from '#protocol/errors.ts';

import type { UnreadCounts } from '../chat.ts';
import { KnownRooms } from '../lists/known-rooms.ts';
import { createStore } from '../store.ts';
import type { ListsOptions, ListsPart } from './parts.ts';

const refuse = (): never => {
  throw new ChatError('unsupported');
};
const nothing = () => {};

/** Rooms by their id; asking for a list throws `unsupported`. */
export function createNoLists({ onRoom, onError, ...options }: ListsOptions): ListsPart {
  const known = new KnownRooms({
    ...options,
    onChange: (_, room) => onRoom(room),
    // begun on another device, or in another tab
    onStranger: (roomId) => void known.fetch(roomId).catch(onError),
  });
  return {
    known,
    list: refuse,
    unread: { ...createStore<UnreadCounts | null>(null), load: async () => refuse() },
    refresh: () => [],
    setLive: nothing,
    renewPresence: nothing,
    close: nothing,
  };
}
