/** A server whose functions have run once: a test that is not about the first call does not wait for it either. */
import type { ChatClient } from '#client/chat.ts';
import { createChatClient } from '#client/chat-client.ts';

import { type LocalServer, startServer } from './server.ts';

/** A shop that no page leads to. */
const WARM_UP = { vendor_id: 'warm-up', vendor_name: 'Warm-up' };

/** Starts the local runtime, and has a customer and a shop that nobody knows talk once. */
export async function startWarmServer(
  options: Parameters<typeof startServer>[0] = {},
): Promise<LocalServer> {
  const server = await startServer(options);
  const customer = clientOf(server, { role: 'customer' });
  const shop = clientOf(server, { role: 'vendor', ...WARM_UP });
  try {
    await Promise.all([online(customer), online(shop), shop.settings.load()]);
    const room = await customer.openRoom({ vendorId: WARM_UP.vendor_id });
    await stores(customer, () => room.send({ text: 'Is it warm?' }));
    await stores(shop, () => shop.room(room.roomId).send({ text: 'It is.' }));
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    customer.close();
    shop.close();
  }
  return server;
}

function clientOf({ url }: LocalServer, claims: object): ChatClient {
  return createChatClient({
    api: `${url}/v1`,
    socket: `${url.replace('http', 'ws')}/ws`,
    token: async () => {
      const body = JSON.stringify({ sub: 'warm-up', name: 'Warm-up', ...claims });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/local/token`, { method: 'POST', headers, body });
      const { token } = (await answer.json()) as { token: string };
      return token;
    },
  });
}

function online(client: ChatClient): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.subscribe(() => {
      if (client.getState().connection !== 'online') return;
      stop();
      resolve();
    });
    client.connect();
  });
}

/** Until what it writes is stored. */
function stores(client: ChatClient, write: () => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on('sent', () => resolve());
    client.on('failed', ({ error }) => reject(error));
    write();
  });
}
