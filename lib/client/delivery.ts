/** Delivery: one try to hand a message to the server, over HTTP or the socket, the other when one fails. */
import { ChatError } from '#protocol/errors.ts';

import type { Delivered } from './outbox.ts';
import type { OutboxEntry } from './ports.ts';
import type { Replies } from './wire/replies.ts';
import type { Requests } from './wire/requests.ts';
import { asMessage, type ChatSender } from './state/view.ts';

export interface DeliveryOptions {
  readonly requests: Pick<Requests, 'sendMessage'>;
  readonly replies: Pick<Replies, 'ask'>;
  readonly sendOver: 'http' | 'socket';
  readonly me: () => ChatSender;
}

/** Tries once; the id makes it safe to try both ways. @throws ChatError of the first way unless the second works */
export function createDelivery(
  options: DeliveryOptions,
): (entry: OutboxEntry) => Promise<Delivered> {
  const isHttpFirst = options.sendOver === 'http';
  const first = isHttpFirst ? overHttp : overSocket;
  const second = isHttpFirst ? overSocket : overHttp;
  return async (entry) => {
    try {
      return await first(options, entry);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      return second(options, entry).catch((other: unknown) => {
        throw isUnanswered(other) ? error : other;
      });
    }
  };
}

async function overHttp({ requests }: DeliveryOptions, entry: OutboxEntry): Promise<Delivered> {
  const sent = await requests.sendMessage(entry.roomId, entry.message, entry.after);
  const { delivered, ...message } = sent;
  return { message, isDelivered: delivered === true };
}

async function overSocket(options: DeliveryOptions, entry: OutboxEntry): Promise<Delivered> {
  const { roomId, message, after } = entry;
  const reply = await options.replies.ask({
    action: 'send',
    roomId,
    message,
    ...(after !== null && { after }),
  });
  if (reply.event !== 'ack') {
    throw new ChatError('internal', { message: `The server answered a send with ${reply.event}.` });
  }
  return { message: asMessage(entry, options.me(), reply), isDelivered: reply.delivered === true };
}

function isUnanswered(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'unavailable';
}
