/** The calls about rooms and who is in them. */
import { countUnread, listRooms } from '#core/lists.ts';
import { getRoom, openRoom } from '#core/open-room.ts';
import { listParticipants } from '#core/presence.ts';
import { updateMine } from '#core/staff/mine.ts';
import { addNote, deleteNote, listNotes } from '#core/staff/notes.ts';
import { changeStatus } from '#core/system/status.ts';
import { ports } from '#runtime/compose.ts';
import { httpHandler } from '#runtime/http-handler.ts';

export const handler = httpHandler(
  {
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
    updateRoom: async ({ params, body }, caller) => {
      const room = await changeStatus(ports, caller, { ...params, ...body });
      return { status: 200, body: room };
    },
    updateMine: async ({ params, body }, caller) => {
      const room = await updateMine(ports, caller, { ...params, ...body });
      return { status: 200, body: room };
    },
    listNotes: async ({ params, query }, caller) => {
      const page = await listNotes(ports, caller, { ...params, ...query });
      return { status: 200, body: page };
    },
    addNote: async ({ params, body }, caller) => {
      const { note, isNew } = await addNote(ports, caller, { ...params, ...body });
      return isNew ? { status: 201, body: note } : { status: 200, body: note };
    },
    deleteNote: async ({ params }, caller) => {
      await deleteNote(ports, caller, params);
      return { status: 204, body: null };
    },
  },
  ports,
);
