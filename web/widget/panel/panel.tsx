/** The part that is loaded at the first touch: puts the chat into the shadow root and keeps it alive while it is closed. */
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

import type { ChatClient } from '#client/chat.ts';

import { CustomerProvider } from '../../chat/ChatProvider.tsx';
import { eraseSession } from '../../chat/session.ts';
import { ChatPopup } from '../../popup/ChatPopup.tsx';
import { customerWords, type CustomerWords } from '../../words/customer.ts';
import type { Language } from '../../words/language.ts';
import { Listening } from './Listening.tsx';
import type { Theme } from '../options.ts';
import type { PanelInput } from './input.ts';
import { panelCss } from './styles.ts';

/** A chat in a shadow root. */
export interface Panel {
  readonly show: (input: PanelInput) => void;
  /** Fills the stylesheet that it needs, in a theme. */
  readonly dress: (sheet: CSSStyleSheet, theme: Theme) => void;
  /** Takes away what its user left in the browser; also after its end. */
  readonly erase: () => void;
  /** Closes the connection. What is unsent waits in the browser for the next visit. */
  readonly end: () => void;
}

/** Puts a chat into an element; it connects at once. Another API is another session. */
export type Mount = (host: HTMLElement, first: PanelInput) => Panel;

/** Brings the words, without which there is nothing to show. @throws Error where they do not come */
export async function loadPanel(language: Language): Promise<Mount> {
  const speech = await createSpeech(language);
  return (host, first) => mountPanel(host, first, speech);
}

type Speech = Awaited<ReturnType<typeof createSpeech>>;

function mountPanel(host: HTMLElement, first: PanelInput, speech: Speech): Panel {
  const root = createRoot(host);
  const clients = new Set<ChatClient>();
  const onSession = (client: ChatClient) => {
    clients.add(client);
  };
  let latest = first;
  const show = (input: PanelInput) => {
    latest = input;
    speech.turnTo(input.options.language, () => show(latest));
    root.render(<Chat input={input} words={speech.words()} onSession={onSession} />);
  };
  show(first);
  return {
    show,
    dress: (sheet, theme) => sheet.replaceSync(panelCss(theme)),
    erase: () => clients.forEach(eraseSession),
    end: () => {
      root.unmount();
      for (const client of clients) client.close();
    },
  };
}

interface ChatProps {
  input: PanelInput;
  words: CustomerWords;
  onSession: (client: ChatClient) => void;
}

function Chat({ input, words, onSession }: ChatProps) {
  const { api, socket, vendor } = input.options;
  const { token } = input;
  return (
    <CustomerProvider key={`${api} ${socket}`} options={{ api, socket, token }}>
      <Session key={vendor} input={input} words={words} onSession={onSession} />
    </CustomerProvider>
  );
}

/** The chat with one vendor. */
function Session({ input, words, onSession }: ChatProps) {
  const { options, isOpen, suggestion, onClose, onHidden } = input;
  const { vendor, locale } = options;
  const isSpoken = options.language === locale.split('-')[0];
  const [roomId, setRoomId] = useState<string | null>(null);
  return (
    <>
      <Listening {...input} roomId={roomId} onRoom={setRoomId} onSession={onSession} />
      {isOpen && (
        <customerWords.context value={words}>
          <ChatPopup
            vendorId={vendor}
            vendorName={options.vendorName}
            product={options.product}
            position={options.position}
            dir={options.dir}
            locale={isSpoken ? locale : undefined}
            suggestion={suggestion}
            onClose={onClose}
            onHidden={onHidden}
            onOpened={setRoomId}
          />
        </customerWords.context>
      )}
    </>
  );
}

/** The words in the language that is spoken, which the page may change at any time. */
async function createSpeech(first: Language) {
  let words = await customerWords.load[first]();
  let wanted = first;
  return {
    words: () => words,
    /** The former words stay until the new ones are there, and for good where they do not come. */
    turnTo: (language: Language, onTurned: () => void) => {
      if (language === wanted) return;
      wanted = language;
      customerWords.load[language]().then(
        (loaded) => {
          if (wanted !== language) return;
          words = loaded;
          onTurned();
        },
        () => {},
      );
    },
  };
}
