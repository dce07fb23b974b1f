/** The emoji that somebody used of late, kept in this browser under their name. */

/** The part of the browser's storage that is used. */
export type RecentStorage = Pick<Storage, 'getItem' | 'setItem'>;

const MAX_KEPT = 24;

/** The latest first; nothing where the storage is forbidden or holds something else. */
export function recentEmoji(
  scope: string | null,
  storage: () => RecentStorage = () => localStorage,
): readonly string[] {
  try {
    return scope === null ? [] : parse(storage().getItem(nameOf(scope)));
  } catch {
    return [];
  }
}

/** Puts one first. */
export function rememberEmoji(
  scope: string | null,
  emoji: string,
  storage: () => RecentStorage = () => localStorage,
): void {
  if (scope === null) return;
  const others = recentEmoji(scope, storage).filter((known) => known !== emoji);
  try {
    storage().setItem(nameOf(scope), JSON.stringify([emoji, ...others].slice(0, MAX_KEPT)));
  } catch {
    // full or forbidden: then nothing is remembered
  }
}

function parse(text: string | null): readonly string[] {
  const value: unknown = JSON.parse(text ?? '[]');
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === 'string').slice(0, MAX_KEPT);
}

function nameOf(scope: string): string {
  return `${scope}/emoji`;
}
