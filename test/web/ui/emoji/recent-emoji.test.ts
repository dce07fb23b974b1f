/** The emoji that somebody used of late. */
import { describe, expect, it } from 'vitest';

import { recentEmoji, rememberEmoji } from '../../../../web/ui/emoji/recent-emoji.ts';

const aStorage = (items = new Map<string, string>()) => ({
  getItem: (name: string) => items.get(name) ?? null,
  setItem: (name: string, text: string) => void items.set(name, text),
});

describe('the emoji of late', () => {
  it('are the latest first, each once, and not too many', () => {
    const storage = aStorage();
    for (let code = 0x1f600; code < 0x1f600 + 30; code++) {
      rememberEmoji('me', String.fromCodePoint(code), () => storage);
    }
    rememberEmoji('me', '😗', () => storage);
    const recent = recentEmoji('me', () => storage);
    expect(recent[0]).toBe('😗');
    expect(recent).toHaveLength(24);
    expect(new Set(recent).size).toBe(24);
    expect(recentEmoji('somebody else', () => storage)).toEqual([]);
  });

  it('are none where the storage is forbidden, or holds something else', () => {
    const forbidden = (): never => {
      throw new DOMException('Denied', 'SecurityError');
    };
    expect(recentEmoji('me', forbidden)).toEqual([]);
    expect(() => rememberEmoji('me', '😗', forbidden)).not.toThrow();
    for (const text of ['{', '{"a":1}', '7', '[1,null,"😗"]']) {
      const storage = aStorage(new Map([['me/emoji', text]]));
      expect(recentEmoji('me', () => storage).every((it) => typeof it === 'string')).toBe(true);
    }
  });
});
