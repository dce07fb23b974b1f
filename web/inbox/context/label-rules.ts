/** Which labels a conversation may have, and which are suggested. Pure. */
import type { Room } from '#protocol/room.ts';

/** The server takes no more, and none longer. */
export const MAX_LABELS = 20;
export const MAX_LABEL_LENGTH = 40;
const MAX_SUGGESTED = 6;

/** The labels with one more; the same labels where it is blank, there already, or one too many. */
export function withLabel(labels: readonly string[], text: string): readonly string[] {
  const line = text.toWellFormed().replaceAll(/\s+/gu, ' ').trim();
  // half of a character that was cut in two goes as well
  const label = line
    .slice(0, MAX_LABEL_LENGTH)
    .replace(/\p{Cs}$/u, '')
    .trim();
  const isThere = labels.some((known) => isSame(known, label));
  return label === '' || isThere || labels.length >= MAX_LABELS ? labels : [...labels, label];
}

/** Labels of other conversations, the most used first, that fit what is typed and are not there yet. */
export function suggestLabels(
  rooms: readonly Room[],
  { labels, typed }: { labels: readonly string[]; typed: string },
): readonly string[] {
  const uses = new Map<string, number>();
  for (const { mine } of rooms) {
    for (const label of mine.labels) uses.set(label, (uses.get(label) ?? 0) + 1);
  }
  const wanted = typed.trim().toLowerCase();
  return [...uses]
    .filter(([label]) => label.toLowerCase().includes(wanted))
    .filter(([label]) => !labels.some((known) => isSame(known, label)))
    .toSorted(([a, usesOfA], [b, usesOfB]) => usesOfB - usesOfA || a.localeCompare(b))
    .slice(0, MAX_SUGGESTED)
    .map(([label]) => label);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
