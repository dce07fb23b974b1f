/** Every frame of a socket: what each action does, and what it answers. */
import { setTyping } from '#core/presence.ts';
import { markRead } from '#core/receipts.ts';
import { send } from '#core/send.ts';
import { ChatError } from '#protocol/errors.ts';
import { ports, socketPorts } from '#runtime/compose.ts';
import { count } from '#runtime/metrics.ts';
import { socketHandler } from '#runtime/socket-handler.ts';

const unsupported = async () => Promise.reject(new ChatError('unsupported'));

export const handler = socketHandler(
  {
    send: async ({ roomId, message, after }, caller) => {
      const command = { roomId, message, ...(after === undefined ? {} : { after }) };
      const { message: stored, isNew, delivered } = await send(ports, caller, command);
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
      await setTyping(ports, caller, { roomId, typing });
      return null;
    },
    edit: unsupported,
    delete: unsupported,
    react: unsupported,
    focus: unsupported,
    // Without a ref it only keeps the socket alive, which every frame does.
    ping: async ({ ref }) => {
      const at = new Date(ports.now()).toISOString();
      return Promise.resolve(ref === undefined ? null : { event: 'pong', at });
    },
  },
  socketPorts,
);
