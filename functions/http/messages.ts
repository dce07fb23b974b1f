/** The calls about a room's messages. */
import { deleteMessage } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { listMessages } from '#core/history.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';
import { asShop } from '#core/vendor/shop.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { count } from '#runtime/metrics.ts';
import { filePorts as ports } from '#runtime/objects/ports.ts';

export const handler = httpHandler(
  {
    listMessages: async ({ params, query }, caller) => {
      const page = await listMessages(ports, caller, { ...params, ...query });
      return { status: 200, body: page };
    },
    sendMessage: async ({ params, body }, caller) => {
      const { after, ...message } = body;
      const command = { ...params, message, ...(after === undefined ? {} : { after }) };
      const sender = await asShop(ports, caller);
      const { message: stored, isNew, delivered } = await send(ports, sender, command);
      count(isNew ? 'MessagesSent' : 'MessagesRetried');
      const answer = delivered === undefined ? stored : { ...stored, delivered };
      return isNew ? { status: 201, body: answer } : { status: 200, body: answer };
    },
    readRoom: async ({ params, body }, caller) => {
      await markRead(ports, caller, { ...params, ...body });
      return { status: 204, body: null };
    },
    editMessage: async ({ params, body }, caller) => ({
      status: 200,
      body: await editMessage(ports, caller, { ...params, ...body }),
    }),
    deleteMessage: async ({ params }, caller) => ({
      status: 200,
      body: await deleteMessage(ports, caller, params),
    }),
    react: async ({ params, body }, caller) => ({
      status: 200,
      body: await react(ports, caller, { ...params, ...body }),
    }),
  },
  ports,
);
