/** The way to the chat, and nothing else: it is asked for under another address after a failure, where it must not bring a second chat along. */
import type { Language } from '../../words/language.ts';
import { loadPanel, type Mount } from './panel.tsx';

/** Brings the words and what puts a chat into an element. @throws Error where they do not come */
export function openDoor(language: Language): Promise<Mount> {
  return loadPanel(language);
}
