/** Every frame of a socket: what each action does, and what it answers. */
import { deleteMessage } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { setTyping } from '#core/presence.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';
import { setFocus } from '#core/staff/focus.ts';
import { asShop } from '#core/vendor/shop.ts';
import { socketPorts } from '#runtime/compose.ts';
import { count } from '#runtime/metrics.ts';
import { filePorts as ports } from '#runtime/objects/ports.ts';
import { socketHandler } from '#runtime/socket-handler.ts';

export const handler = socketHandler(
  {
    send: async ({ roomId, message, after }, caller) => {
      const command = { roomId, message, ...(after === undefined ? {} : { after }) };
      const sender = await asShop(ports, caller);
      const { message: stored, isNew, delivered } = await send(ports, sender, command);
      count(isNew ? 'MessagesSent' : 'MessagesRetried');
      const { id, seq, at } = stored;
      const reply = { event: 'ack', roomId, id, seq, at } as const;
      return delivered === undefined ? reply : { ...reply, delivered };
    },
    read: async ({ roomId, seq }, caller) => {
      await markRead(ports, caller, { roomId, seq });
      return { event: 'ok' };
    },
    typing: async ({ roomId, typing }, caller) => {
      await setTyping(ports, await asShop(ports, caller), { roomId, typing });
      return null;
    },
    edit: async ({ roomId, seq, text }, caller) => {
      await editMessage(ports, caller, { roomId, seq, text });
      return { event: 'ok' };
    },
    delete: async ({ roomId, seq }, caller) => {
      await deleteMessage(ports, caller, { roomId, seq });
      return { event: 'ok' };
    },
    react: async ({ roomId, seq, emoji, on }, caller) => {
      await react(ports, caller, { roomId, seq, emoji, on });
      return { event: 'ok' };
    },
    focus: async ({ roomId, replying }, caller) => {
      await setFocus(ports, caller, { roomId, ...(replying === undefined ? {} : { replying }) });
      return null;
    },
    // Without a ref it only keeps the socket alive, which every frame does.
    ping: async ({ ref }) => {
      const at = new Date(ports.now()).toISOString();
      return Promise.resolve(ref === undefined ? null : { event: 'pong', at });
    },
  },
  socketPorts,
);
