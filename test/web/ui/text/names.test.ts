/** Initials and colours of names in every script. */
import { describe, expect, it } from 'vitest';

import { hueOf, initialsOf } from '../../../../web/ui/text/names.ts';

describe('initialsOf', () => {
  it.each([
    ['Nino', 'N'],
    ['Tbilisi Ceramics', 'TC'],
    ['Maximiliane von Hohenstein', 'MH'],
    ['  Ana  ', 'A'],
    ['ნინო', 'ნ'],
    ['ليلى حداد', 'لح'],
    ['🦊 Fox', '🦊F'],
    ['', '?'],
    ['   ', '?'],
  ])('makes of %j %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('hueOf', () => {
  it('is a hue, the same for the same name and another for another', () => {
    expect(hueOf('Nino')).toBe(hueOf('Nino'));
    expect(hueOf('Nino')).not.toBe(hueOf('Ana'));
    for (const name of ['', 'Nino', 'ნინო', 'x'.repeat(10_000)]) {
      expect(hueOf(name)).toBeGreaterThanOrEqual(0);
      expect(hueOf(name)).toBeLessThan(360);
    }
  });
});
