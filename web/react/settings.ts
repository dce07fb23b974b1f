/** What the components of a storefront know besides the chat itself: language, look, and who is signed in. */
import { createContext, useContext } from 'react';

import type { Product } from '#protocol/message.ts';

import type { Language } from '../words/language.ts';

/** Follows the system unless said otherwise. */
export type Theme = 'light' | 'dark' | 'auto';

/** Whom the popup is open for. */
export interface PopupTarget {
  vendorId: string;
  /** Shown until the API's answer is there. */
  vendorName?: string | undefined;
  /** What the next message asks about. */
  product?: Product | undefined;
}

/** The popup of the page: one at a time, wherever the buttons are. */
export interface PopupControls {
  target: PopupTarget | null;
  /** The opener gets the focus back. While nobody is signed in, it leads to the sign-in instead. */
  open: (target: PopupTarget, opener?: HTMLElement) => void;
  close: () => void;
}

export interface Settings {
  language: Language;
  theme: Theme;
  popup: PopupControls;
  /** Nobody is signed in: nothing is loaded and nothing connects. */
  isSignedOut: boolean;
  onSignIn: (() => void) | undefined;
}

export const SettingsContext = createContext<Settings | null>(null);

/** The settings of this part of the page. @throws Error outside of a ChatProvider */
export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error('Parley’s components need a <ChatProvider> above them.');
  return settings;
}

/** Opens and closes the chat with a vendor from anywhere in the page. */
export function useChatPopup(): PopupControls {
  return useSettings().popup;
}
