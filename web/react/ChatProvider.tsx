/** What a storefront puts around its pages: one chat client, one popup, a language and a look. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';

import { ChatProvider as ClientProvider } from '../chat/ChatProvider.tsx';
import { pickLanguage } from '../words/language.ts';
import { PopupHost } from './PopupHost.tsx';
import { type PopupControls, type Settings, SettingsContext, type Theme } from './settings.ts';
import { usePopup } from './use-popup.ts';

export interface ChatProviderProps {
  /** The HTTP API with its version: `https://chat.example.com/v1`. */
  api: string;
  /** The socket: `wss://socket.example.com`. */
  socket: string;
  /** Brings a fresh JWT of who is signed in, from your server. The latest one given is called; throw when there is none just now. */
  token: () => Promise<string>;
  /** Whoever is signed in, as any text that is theirs alone; null for nobody. Another value is another client, and forgets what the one before saw. */
  user?: string | null;
  /** Leads to your sign-in: what `ChatButton` does while `user` is null, and what `ChatPage` offers then and after the token was refused. */
  onSignIn?: () => void;
  /** A BCP 47 tag: English, Georgian, German and Arabic are spoken, English for all others. */
  language?: string;
  theme?: Theme;
  children: ReactNode;
}

const SOMEBODY = 'somebody';

/** Asks the network for nothing by itself: the first button, page or hook that needs something does. */
export function ChatProvider({ children, ...props }: ChatProviderProps) {
  const { api, socket, user = SOMEBODY, language = 'en', theme = 'auto', onSignIn } = props;
  const isSignedOut = user === null;
  const token = useLatest(props.token);
  const options = useMemo(
    () => ({ api, socket, token: isSignedOut ? noToken : token }),
    [api, socket, token, isSignedOut],
  );
  const identity = JSON.stringify([api, socket, user]);
  const popup = usePopup(identity);
  const settings = useMemo<Settings>(
    () => ({
      language: pickLanguage([language]),
      theme,
      popup: isSignedOut ? signingIn(popup, onSignIn) : popup,
      isSignedOut,
      onSignIn,
    }),
    [language, theme, popup, isSignedOut, onSignIn],
  );
  return (
    <ClientProvider options={options} identity={identity}>
      <SettingsContext value={settings}>
        {children}
        <PopupHost />
      </SettingsContext>
    </ClientProvider>
  );
}

/** Nobody has none, also where the page would still bring one. */
function noToken(): Promise<string> {
  return Promise.reject(new Error('Nobody is signed in.'));
}

/** For nobody it stays closed, and who would open it is led to the sign-in. */
function signingIn(popup: PopupControls, onSignIn: (() => void) | undefined): PopupControls {
  return { ...popup, target: null, open: () => onSignIn?.() };
}

/** Written inline, the callback is another one with every render: the client calls the newest. */
function useLatest(token: () => Promise<string>): () => Promise<string> {
  const latest = useRef(token);
  useEffect(() => {
    latest.current = token;
  }, [token]);
  return useState(() => () => latest.current())[0];
}
