/** The part that is loaded at the first touch: puts the chat into the shadow root and keeps it alive while it is closed. */
import { createRoot } from 'react-dom/client';

import type { ChatClient } from '#client/chat.ts';

import { CustomerProvider } from '../../chat/ChatProvider.tsx';
import base from '../../ui/base/base.css?inline';
import conversation from '../../ui/conversation/conversation.css?inline';
import message from '../../ui/message/message.css?inline';
import tokens from '../../ui/tokens.css?inline';
import { ChatPanel } from './ChatPanel.tsx';
import { Listening } from './Listening.tsx';
import { themedCss } from '../look.ts';
import type { Theme } from '../options.ts';
import type { PanelInput } from './input.ts';
import panelCss from './panel.css?inline';

/** A chat in a shadow root. */
export interface Panel {
  readonly show: (input: PanelInput) => void;
  /** Fills the stylesheet that it needs, in a theme. */
  readonly dress: (sheet: CSSStyleSheet, theme: Theme) => void;
  /** Closes the connection, and takes away what this user left in the tab's storage. */
  readonly end: () => void;
}

const CSS = [tokens, base, conversation, message, panelCss].join('\n');

/** Connects at once. Another API is another session. */
export function mountPanel(host: HTMLElement, first: PanelInput): Panel {
  const root = createRoot(host);
  const sessions = new Map<ChatClient, SessionTrace>();
  const onSession = (client: ChatClient, api: string) => {
    const known = sessions.get(client);
    if (known === undefined) sessions.set(client, traceOf(client, api));
  };
  const show = (input: PanelInput) => {
    const { options, token } = input;
    const { api, socket } = options;
    root.render(
      <CustomerProvider key={`${api} ${socket}`} options={{ api, socket, token }}>
        <Listening {...input} onSession={onSession} />
        {input.isOpen && <ChatPanel key={options.vendor} {...input} />}
      </CustomerProvider>,
    );
  };
  show(first);
  return {
    show,
    dress: (sheet, theme) => sheet.replaceSync(themedCss(CSS, theme)),
    end: () => {
      root.unmount();
      for (const [client, trace] of sessions) {
        client.close();
        trace.erase();
      }
    },
  };
}

/** What one client may leave behind. */
interface SessionTrace {
  readonly erase: () => void;
}

/** The client names its outbox after the API and the first identity of its token. */
function traceOf(client: ChatClient, api: string): SessionTrace {
  let name: string | null = null;
  const look = () => {
    const { me } = client.getState();
    if (me !== null) name ??= `parley/${api}/${me.role}/${me.member ?? ''}`;
  };
  look();
  const stop = client.subscribe(look);
  return {
    erase: () => {
      stop();
      if (name !== null) sessionStorage.removeItem(name);
    },
  };
}
