/** English: the words of the emoji picker, loaded with it. */

export const emoji = {
  search: 'Search emoji',
  none: 'No emoji of that name',
  recent: 'Recently used',
  groups: {
    smileys: 'Smileys',
    people: 'People',
    nature: 'Animals and nature',
    food: 'Food and drink',
    travel: 'Travel and places',
    activities: 'Activities',
    objects: 'Objects',
    symbols: 'Symbols',
    flags: 'Flags',
  },
};
