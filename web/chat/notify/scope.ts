/** The name under which this browser keeps what is one person's own: two people in two tabs never share it. */
import type { ChatClient, ClientState } from '#client/chat.ts';

const apis = new WeakMap<ChatClient, string>();

/** Remembers which API a client talks to. @returns the client */
export function withApi(client: ChatClient, api: string): ChatClient {
  apis.set(client, api);
  return client;
}

/** The API's address, the side and the person; null until the client knows who it is. */
export function scopeOf(client: ChatClient, { me }: Pick<ClientState, 'me'>): string | null {
  const api = apis.get(client);
  if (api === undefined || me === null || me.member === null) return null;
  return `parley/${api}/${me.member}/${me.user ?? ''}`;
}
