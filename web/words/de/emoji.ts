/** German: the words of the emoji picker, loaded with it. */
import type * as english from '../en/emoji.ts';

export const emoji: typeof english.emoji = {
  search: 'Emoji suchen',
  none: 'Kein passendes Emoji',
  recent: 'Zuletzt benutzt',
  groups: {
    smileys: 'Gesichter',
    people: 'Personen',
    nature: 'Tiere und Natur',
    food: 'Essen und Trinken',
    travel: 'Reisen und Orte',
    activities: 'Aktivitäten',
    objects: 'Gegenstände',
    symbols: 'Zeichen',
    flags: 'Flaggen',
  },
};
