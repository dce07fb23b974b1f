/** Finds saved replies for what is typed behind "/". Pure. */
import type { SavedReply } from '#protocol/vendor.ts';

/** As many as one can take in. */
const MAX_SHOWN = 8;

/** What is typed behind a "/" at the very beginning of the text, or null: a path or a date is no command. */
export function queryOf(text: string): string | null {
  return /^\/(\S*)$/u.exec(text)?.[1] ?? null;
}

/** Replies whose shortcut begins with the query come first, then those with it anywhere, also in their words. */
export function findReplies(replies: readonly SavedReply[], query: string): readonly SavedReply[] {
  const wanted = query.toLowerCase();
  const rank = ({ shortcut, messages }: SavedReply): number => {
    const name = shortcut.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.includes(wanted)) return 1;
    return messages.some((text) => text.toLowerCase().includes(wanted)) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((found) => found.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MAX_SHOWN)
    .map(({ reply }) => reply);
}
