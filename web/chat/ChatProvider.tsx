/** Owns one chat client for the components below it, and lets go of it with them. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

import type { ChatClient, ChatOptions } from '#client/chat.ts';
import { createCustomerClient } from '#client/parts/customer-client.ts';
import { createPageClient } from '#client/parts/page-client.ts';

import { withApi } from './notify/scope.ts';
import { createInSession } from './session.ts';
import { unsentOf } from './storage/unsent-flag.ts';

const ChatContext = createContext<ChatClient | null>(null);

interface ChatProviderProps {
  /** Read once for each `identity`. */
  options: ChatOptions;
  /** Whose client it is: another value is another client. Without it, another user is another provider (give it a `key`). */
  identity?: string;
  children: ReactNode;
}

/** With the whole client. Asks the network for nothing by itself, unless an earlier page left something to send. */
export function ChatProvider(props: ChatProviderProps) {
  return <ClientProvider create={createPageClient} {...props} />;
}

/** As `ChatProvider`, with a customer's client: much smaller, and without what only staff have. */
export function CustomerProvider(props: ChatProviderProps) {
  return <ClientProvider create={createCustomerClient} {...props} />;
}

/** A client of somebody. */
interface Made {
  readonly identity: string;
  readonly client: ChatClient;
  /** Closes it in a moment, unless it is wanted again. */
  closing?: ReturnType<typeof setTimeout>;
}

interface ClientInput extends Omit<ChatProviderProps, 'children'> {
  create: (options: ChatOptions) => ChatClient;
}

function ClientProvider({ children, ...props }: ClientInput & { children: ReactNode }) {
  const { options } = props;
  const client = useClient(props);
  const { api } = options;
  useEffect(() => {
    if (unsentOf(api).length > 0) client.resume();
  }, [client, api]);
  return <ChatContext value={client}>{children}</ChatContext>;
}

/** The page goes on when its user changes: nothing below is mounted anew, and every hook moves to the new client. */
function useClient({ create, options, identity = '' }: ClientInput): ChatClient {
  const make = (): Made => ({
    identity,
    client: withApi(createInSession(create, options), options.api),
  });
  const [made, setMade] = useState<Made | null>(make);
  const current = made?.identity === identity ? made : make();
  if (current !== made) setMade(current);
  useEffect(() => {
    // StrictMode ends and begins every effect once more, and a closed client is closed for good: so it closes a moment later
    clearTimeout(current.closing);
    return () => {
      current.closing = setTimeout(() => {
        current.client.close();
        // a hidden `<Activity>` begins again later, with another one; whoever left for good hears nothing of it
        setMade((it) => (it === current ? null : it));
      }, 0);
    };
  }, [current]);
  return current.client;
}

/** The chat client of this part of the page. @throws Error outside of a ChatProvider */
export function useChat(): ChatClient {
  const client = useContext(ChatContext);
  if (client === null) throw new Error('useChat needs a ChatProvider above it.');
  return client;
}
