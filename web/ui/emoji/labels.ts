/** The words of the emoji picker; they come with it, in the reader's language. */
import type { EmojiGroup } from './emoji-list.ts';

/** Every string that the picker shows or says. */
export interface EmojiLabels {
  search: string;
  none: string;
  recent: string;
  groups: Record<EmojiGroup, string>;
}
