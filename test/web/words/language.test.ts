/** Which language somebody gets, and which way it is written. */
import { describe, expect, it } from 'vitest';

import {
  directionOf,
  LANGUAGE_NAMES,
  LANGUAGES,
  pickLanguage,
} from '../../../web/words/language.ts';

describe('the language', () => {
  it.each([
    { wanted: ['de-CH', 'ka'], language: 'de' },
    { wanted: [null, 'AR_eg'], language: 'ar' },
    { wanted: ['fr', 'it'], language: 'en' },
    { wanted: ['kab', 'arc', 'ka-GE'], language: 'ka' },
    { wanted: [], language: 'en' },
    { wanted: ['constructor', '__proto__', ''], language: 'en' },
  ])('of $wanted is $language', ({ wanted, language }) => {
    expect(pickLanguage(wanted)).toBe(language);
  });

  it('is written from the right in Arabic alone', () => {
    const rightToLeft = LANGUAGES.filter((language) => directionOf(language) === 'rtl');
    expect(rightToLeft).toEqual(['ar']);
  });

  it('has a name that the runtime gives it too', () => {
    for (const language of LANGUAGES) {
      const names = new Intl.DisplayNames(language, { type: 'language' });
      expect(LANGUAGE_NAMES[language]).toBe(names.of(language));
    }
  });
});
