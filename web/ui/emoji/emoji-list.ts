/** Every emoji with its name and the words that find it: a chunk of its own, fetched with the picker. */

/** Groups as Unicode orders them; skin tones and the like are no group of their own. */
export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

/** A group of emoji. */
export type EmojiGroup = (typeof EMOJI_GROUPS)[number];

/** An emoji as the picker shows it. */
export interface Emoji {
  readonly emoji: string;
  readonly name: string;
  /** In small letters: what finds it. */
  readonly words: string;
  readonly group: EmojiGroup;
}

/** What is taken of an entry of the data set. */
interface Entry {
  readonly unicode: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
}

/** The data set's numbers of our groups; 2 are its components. */
const GROUP_NUMBERS = [0, 1, 3, 4, 5, 6, 7, 8, 9];

/** All emoji, in the order of Unicode, named in English or German. */
export async function loadEmoji(language: string): Promise<readonly Emoji[]> {
  const { default: entries }: { default: readonly Entry[] } =
    language === 'de'
      ? await import('emojibase-data/de/compact.json')
      : await import('emojibase-data/en/compact.json');
  return [...entries]
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap(({ unicode, label, tags = [], group = -1 }) => {
      const known = EMOJI_GROUPS[GROUP_NUMBERS.indexOf(group)];
      const words = `${label} ${tags.join(' ')}`.toLowerCase();
      return known === undefined ? [] : [{ emoji: unicode, name: label, words, group: known }];
    });
}

/** Those that all words of a search fit, at the beginning of one of theirs. */
export function findEmoji(all: readonly Emoji[], search: string): readonly Emoji[] {
  const wanted = search.toLowerCase().trim().split(/\s+/u);
  return all.filter(({ words, emoji }) =>
    wanted.every((word) => ` ${words}`.includes(` ${word}`) || emoji === word),
  );
}
