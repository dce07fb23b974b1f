/** Which key means what in the inbox. Pure: a key event in, an action out. */

/** What a key does. */
export type Shortcut = 'next' | 'previous' | 'close' | 'compose' | 'replies' | 'help';

/** Each with its keys, as the help shows them. */
export const SHORTCUTS: readonly { shortcut: Shortcut; keys: readonly string[] }[] = [
  { shortcut: 'next', keys: ['Alt', 'J'] },
  { shortcut: 'previous', keys: ['Alt', 'K'] },
  { shortcut: 'close', keys: ['Alt', 'E'] },
  { shortcut: 'compose', keys: ['Alt', 'L'] },
  { shortcut: 'replies', keys: ['/'] },
  { shortcut: 'help', keys: ['?'] },
];

/** By the place of the key, not by its letter: a Georgian or Arabic keyboard has the same places, and Alt+J on a Mac types "∆". */
const BY_CODE: Partial<Record<string, Shortcut>> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyE: 'close',
  KeyL: 'compose',
};

/** The Arabic question mark is a key of its own. */
const BY_CHARACTER: Partial<Record<string, Shortcut>> = {
  '/': 'replies',
  '?': 'help',
  '؟': 'help',
};

const IS_MAC = typeof navigator !== 'undefined' && /^(?:Mac|iP)/u.test(navigator.platform);
/** What Alt types there in the places of the shortcuts, and is missed by nobody. */
const MAC_SYMBOLS: ReadonlySet<string> = new Set(['∆', '˚', '¬', 'º']);

/** The part of a key event that matters. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'keyCode'
> & { getModifierState: (key: string) => boolean };

/**
 * The action of a key, or null. Characters mean something only where nothing is being typed; with Alt a key works
 * in the composer too, on a Mac only where it would type a symbol that nobody needs: elsewhere it types "€", "@" or "ł". Nothing while an input method composes; AltGr types characters, it is not Alt.
 */
export function shortcutOf(key: Key, isTyping: boolean, isMac = IS_MAC): Shortcut | null {
  if (key.isComposing || key.keyCode === 229 || key.ctrlKey || key.metaKey) return null;
  if (key.getModifierState('AltGraph')) return null;
  if (key.altKey) {
    const isText = isTyping && isMac && !MAC_SYMBOLS.has(key.key);
    return key.shiftKey || isText ? null : (BY_CODE[key.code] ?? null);
  }
  return isTyping ? null : (BY_CHARACTER[key.key] ?? null);
}

/** Whether keys go into this element as text. */
export function isTextField(element: Element | null): boolean {
  if (element === null) return false;
  if (element.matches('textarea, select, [contenteditable="true"]')) return true;
  return element.matches(
    'input:not([type="checkbox"], [type="radio"], [type="button"], [type="file"])',
  );
}
