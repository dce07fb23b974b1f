/** What of a message is told, and which messages are not told at all. */
import type { Message } from '#protocol/message.ts';
import type { Room } from '#protocol/room.ts';

import type { Arrival } from './decide.ts';
import type { NotifyWords } from './words.ts';

/** A notification shows about as much. */
const MAX_TEXT_LENGTH = 200;

/** Whether a message is news at all: not one's own side's, not the system's, not one of a muted room or read meanwhile. */
export function isNews(message: Message, { me, room }: { me: string | null; room: Room | null }) {
  const { sender, seq, type } = message;
  if (type === 'system' || sender === null || sender.member === me) return false;
  if (room === null || me === null) return true;
  return !room.mine.muted && (room.read[me] ?? 0) < seq;
}

/** A message in words of the reader's language. */
export function arrivalOf(message: Message, words: Pick<NotifyWords, 'kind'>): Arrival {
  return {
    roomId: message.roomId,
    from: message.sender?.name ?? '',
    text: textOf(message, words),
  };
}

function textOf({ text, type, product }: Message, { kind }: Pick<NotifyWords, 'kind'>): string {
  if (text !== null && text !== '') return shortened(text);
  if (type === 'product') return product?.title ?? kind.product;
  return type === 'image' || type === 'file' ? kind[type] : '';
}

function shortened(text: string): string {
  const line = text
    .slice(0, 4 * MAX_TEXT_LENGTH)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (line.length <= MAX_TEXT_LENGTH) return line;
  // a cut through an emoji would leave half of it
  return `${line
    .slice(0, MAX_TEXT_LENGTH - 1)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')}…`;
}
