/** The calls of a vendor's staff about their shop: its settings and its saved replies. */
import { addReply, deleteReply, listReplies, putReply } from '#core/vendor/saved-replies.ts';
import { getSettings, putSettings } from '#core/vendor/settings.ts';
import { ports } from '#runtime/compose.ts';
import { httpHandler } from '#runtime/http-handler.ts';

export const handler = httpHandler(
  {
    getSettings: async (_, caller) => {
      const settings = await getSettings(ports, caller);
      return { status: 200, body: settings };
    },
    putSettings: async ({ body }, caller) => {
      const settings = await putSettings(ports, caller, body);
      return { status: 200, body: settings };
    },
    listReplies: async (_, caller) => {
      const items = await listReplies(ports, caller);
      return { status: 200, body: { items } };
    },
    addReply: async ({ body }, caller) => {
      const { reply, isNew } = await addReply(ports, caller, body);
      return isNew ? { status: 201, body: reply } : { status: 200, body: reply };
    },
    putReply: async ({ params, body }, caller) => {
      const reply = await putReply(ports, caller, { ...params, ...body });
      return { status: 200, body: reply };
    },
    deleteReply: async ({ params }, caller) => {
      await deleteReply(ports, caller, params);
      return { status: 204, body: null };
    },
  },
  ports,
);
