import { describe, expect, it } from 'vitest';

import { isLicenceAllowed, licenceOf } from '../../lib/supply/policy.ts';

describe('a licence', () => {
  it.each<[string, boolean, boolean]>([
    ['MIT', true, true],
    ['(MIT OR GPL-3.0-or-later)', true, true],
    ['MIT AND BSD-3-Clause', true, true],
    ['MPL-2.0', false, true],
    ['MIT AND MPL-2.0', false, true],
    ['MIT AND GPL-3.0-only', false, false],
    ['AGPL-3.0-only', false, false],
    ['SEE LICENSE IN LICENSE.txt', false, false],
    ['unknown', false, false],
  ])('%s may be shipped: %s, used: %s', (expression, mayBeShipped, mayBeUsed) => {
    expect(isLicenceAllowed(expression, { isShipped: true })).toBe(mayBeShipped);
    expect(isLicenceAllowed(expression, { isShipped: false })).toBe(mayBeUsed);
  });

  it.each([
    [{ license: 'ISC' }, 'ISC'],
    [{ license: { type: 'MIT' } }, 'MIT'],
    [{ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }, 'MIT AND GPL-2.0'],
    [{}, 'unknown'],
  ])('is read from %j as %s', (description, expected) => {
    expect(licenceOf('anything', description)).toBe(expected);
  });
});
