import { describe, expect, it } from 'vitest';

import { type Key, shortcutOf } from '../../../../web/inbox/keys/shortcuts.ts';

const key = (change: Partial<Key>): Key => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  getModifierState: () => false,
  ...change,
});

describe('a key', () => {
  it.each([
    ['j', 'KeyJ', 'next'],
    ['ჯ', 'KeyJ', 'next'],
    ['∆', 'KeyJ', 'next'],
    ['ن', 'KeyK', 'previous'],
    ['ე', 'KeyE', 'close'],
    ['م', 'KeyL', 'compose'],
    ['q', 'KeyQ', null],
  ])('with Alt that types %s goes by its place %s: %s', (character, code, expected) => {
    const pressed = key({ key: character, code, altKey: true });
    expect(shortcutOf(pressed, false)).toBe(expected);
    expect(shortcutOf(pressed, true)).toBe(expected);
  });

  it.each([
    ['∆', 'KeyJ', 'next'],
    ['¬', 'KeyL', 'compose'],
    ['€', 'KeyE', null],
    ['@', 'KeyL', null],
    ['ł', 'KeyL', null],
    ['Dead', 'KeyE', null],
  ])('with Alt that types %s on a Mac, while one types: %s → %s', (character, code, expected) => {
    const pressed = key({ key: character, code, altKey: true });
    expect(shortcutOf(pressed, true, true)).toBe(expected);
    expect(shortcutOf(pressed, false, true)).not.toBeNull();
  });

  it.each([
    ['/', 'replies'],
    ['?', 'help'],
    ['؟', 'help'],
    ['j', null],
  ])('that types %s means %s, where nothing is typed', (character, expected) => {
    const pressed = key({ key: character, shiftKey: character !== '/' });
    expect(shortcutOf(pressed, false)).toBe(expected);
    expect(shortcutOf(pressed, true)).toBeNull();
  });

  it.each<[string, Partial<Key>]>([
    ['while an input method composes', { isComposing: true }],
    ['that Safari calls 229', { keyCode: 229 }],
    ['with Ctrl, which is AltGr on Windows', { ctrlKey: true }],
    ['with Cmd', { metaKey: true }],
    ['with Shift', { shiftKey: true }],
    ['with AltGr', { getModifierState: (name) => name === 'AltGraph' }],
  ])('%s means nothing', (_, change) => {
    expect(shortcutOf(key({ key: 'e', code: 'KeyE', altKey: true, ...change }), false)).toBeNull();
  });
});
