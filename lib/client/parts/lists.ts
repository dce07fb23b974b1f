/** The part of a client that shows lists of rooms, with who is online in them and what is unread. */
import { ListPresence } from '../lists/list-presence.ts';
import { RoomLists } from '../lists/room-lists.ts';
import type { ListsOptions, ListsPart } from './parts.ts';

/** Lists that ask for nothing before they are loaded. */
export function createLists(options: ListsOptions): ListsPart {
  const { ports, onRoom } = options;
  const presence = new ListPresence({ ...options, now: ports.now });
  const lists = new RoomLists({
    ...options,
    watchPresence: (rooms) => presence.watch(rooms),
    onRoom: (room) => {
      onRoom(room);
      presence.look();
    },
  });
  const { known, unread } = lists;
  return {
    known,
    list: (filter) => lists.list(filter),
    unread: { ...unread.store, load: () => unread.load() },
    refresh: () => lists.refresh(),
    setLive: (isLive) => presence.setLive(isLive),
    renewPresence: () => presence.renew(),
    close: () => lists.close(),
  };
}
