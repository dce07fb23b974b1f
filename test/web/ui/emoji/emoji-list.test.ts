/** Every emoji by name, and how one finds it. */
import { describe, expect, it } from 'vitest';

import { EMOJI_GROUPS, findEmoji, loadEmoji } from '../../../../web/ui/emoji/emoji-list.ts';

describe('the list of emoji', () => {
  it('has every group in English and in German, and no half of a flag', async () => {
    for (const language of ['en', 'de']) {
      const all = await loadEmoji(language);
      expect(all.length).toBeGreaterThan(1_500);
      expect(new Set(all.map(({ group }) => group))).toEqual(new Set(EMOJI_GROUPS));
      expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
      expect(all.filter(({ name }) => name === '')).toEqual([]);
    }
  });

  it('begins with a smile, and is English where there is no other', async () => {
    const [first] = await loadEmoji('ka');
    expect(first).toMatchObject({ emoji: '😀', name: 'grinning face', group: 'smileys' });
  });

  it('is found by the beginnings of its words, in any order, in small or capital letters', async () => {
    const all = await loadEmoji('en');
    const found = (search: string) => findEmoji(all, search).map(({ emoji }) => emoji);
    expect(found('Red Hea')).toContain('❤️');
    expect(found('hea red')).toContain('❤️');
    expect(found('🎉')).toEqual(['🎉']);
    expect(found('nothing like this')).toEqual([]);
    expect(findEmoji(await loadEmoji('de'), 'herz').length).toBeGreaterThan(10);
  });
});
