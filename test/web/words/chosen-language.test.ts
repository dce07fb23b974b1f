/** Whose wish about the language counts: the address, then the choice, then the browser. */
import { describe, expect, it } from 'vitest';

import { chooseLanguage, rememberLanguage } from '../../../web/words/chosen-language.ts';

const keeping = (value: string | null) => () => ({ getItem: () => value, setItem: () => {} });
const forbidden = () => {
  throw new DOMException('The storage is forbidden.', 'SecurityError');
};

const choose = (wishes: Partial<Parameters<typeof chooseLanguage>[0]>) =>
  chooseLanguage({ search: '', storage: keeping(null), preferred: [], ...wishes });

describe('the language of a page', () => {
  it('is what the address says, before everything else', () => {
    expect(choose({ search: '?lang=ka', storage: keeping('de'), preferred: ['ar'] })).toBe('ka');
  });

  it('is what the reader chose, before what the browser asks for', () => {
    expect(choose({ storage: keeping('de'), preferred: ['ar'] })).toBe('de');
  });

  it('is the first that the browser asks for and Parley speaks, whatever its region', () => {
    expect(choose({ preferred: ['fr-FR', 'ar-MA', 'de'] })).toBe('ar');
    expect(choose({ preferred: ['KA_ge'] })).toBe('ka');
  });

  it('is English where nothing fits', () => {
    expect(choose({ search: '?lang=xx', storage: keeping('??'), preferred: ['fr'] })).toBe('en');
  });

  it('needs no storage', () => {
    expect(choose({ storage: forbidden, preferred: ['de-AT'] })).toBe('de');
    expect(() => rememberLanguage('ka', forbidden)).not.toThrow();
  });

  it('is remembered as it was chosen', () => {
    const kept = new Map<string, string>();
    const storage = () => ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    rememberLanguage('ka', storage);
    expect(choose({ storage, preferred: ['de'] })).toBe('ka');
  });
});
