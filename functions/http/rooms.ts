/** The calls about rooms and who is in them. */
import { countUnread, listRooms } from '#core/lists.ts';
import { getRoom, openRoom } from '#core/open-room.ts';
import { listParticipants } from '#core/presence.ts';
import { ChatError } from '#protocol/errors.ts';
import { ports } from '#runtime/compose.ts';
import { httpHandler } from '#runtime/http-handler.ts';

const unsupported = async () => Promise.reject(new ChatError('unsupported'));

export const handler = httpHandler({
  openRoom: async ({ body }, caller) => {
    const { room, isNew } = await openRoom(ports, caller, body);
    return isNew ? { status: 201, body: room } : { status: 200, body: room };
  },
  listRooms: async ({ query }, caller) => {
    const page = await listRooms(ports, caller, query);
    return { status: 200, body: page };
  },
  getRoom: async ({ params }, caller) => {
    const room = await getRoom(ports, caller, params);
    return { status: 200, body: room };
  },
  listParticipants: async ({ params }, caller) => {
    const items = await listParticipants(ports, caller, params);
    return { status: 200, body: { items } };
  },
  countUnread: async (_, caller) => {
    const unread = await countUnread(ports, caller);
    return { status: 200, body: unread };
  },
  updateRoom: unsupported,
  updateMine: unsupported,
  listNotes: unsupported,
  addNote: unsupported,
  deleteNote: unsupported,
});
