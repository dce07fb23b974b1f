/** A saved reply as it is typed. */
import type { SavedReply, SavedReplyBody } from '#protocol/vendor.ts';

import type { Problem } from '../form/problems.ts';

/** The contract's limits; the server has the last word. */
export const MAX_MESSAGES = 5;
export const MAX_MESSAGE_LENGTH = 2_000;
export const MAX_SHORTCUT_LENGTH = 32;

/** What may be filled in, as the contract names it. */
export const VARIABLES = ['customer', 'product', 'agent', 'shop'] as const;
export type Variable = (typeof VARIABLES)[number];

/** A reply to begin with. */
export const EMPTY_REPLY: SavedReplyBody = { shortcut: '', messages: [''] };

/** The reply as it is saved: trimmed, and without a slash that somebody typed before the shortcut. */
export function bodyOf({ shortcut, messages }: SavedReplyBody): SavedReplyBody {
  return {
    shortcut: shortcut.trim().replace(/^\/+/u, ''),
    messages: messages.map((text) => text.trim()),
  };
}

/** What can be told without the server; `others` have their shortcuts already. */
export function checkReply(
  { shortcut, messages }: SavedReplyBody,
  others: readonly SavedReply[],
): readonly Problem[] {
  const isTaken = others.some((other) => keyOf(other.shortcut) === keyOf(shortcut));
  return [
    ...(shortcut === '' ? [{ path: 'shortcut', code: 'blank' } as const] : []),
    ...(isTaken ? [{ path: 'shortcut', code: 'taken' } as const] : []),
    ...messages.flatMap((text, index) =>
      text === '' ? [{ path: `messages.${index}`, code: 'blank' } as const] : [],
    ),
  ];
}

/** Two shortcuts of the same letters are one, whatever their size. */
function keyOf(shortcut: string): string {
  return shortcut.normalize('NFC').toLowerCase();
}

/** The messages with one of them a place further up. */
export function movedUp(messages: readonly string[], index: number): string[] {
  const before = messages[index - 1];
  const moved = messages[index];
  if (before === undefined || moved === undefined) return [...messages];
  return messages.with(index - 1, moved).with(index, before);
}

/** A text with something put where the cursor is, or over what is selected. */
export function insertedAt(
  text: string,
  insert: string,
  { start, end }: { start: number; end: number },
): string {
  return `${text.slice(0, start)}${insert}${text.slice(end)}`;
}

/** Whether a reply has what somebody looks for. */
export function isFound({ shortcut, messages }: SavedReply, query: string): boolean {
  const wanted = query.trim().replace(/^\//u, '').toLocaleLowerCase();
  return [shortcut, ...messages].some((text) => text.toLocaleLowerCase().includes(wanted));
}
