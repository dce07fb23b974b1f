/** What claims become: names that can be shown, pictures that are safe, ids with their prefix. */
import { describe, expect, it } from 'vitest';

import { callerOf } from '#runtime/caller/claims.ts';
import { loadIssuers } from '#runtime/issuers.ts';

const issuers = loadIssuers(
  JSON.stringify([
    {
      issuer: 'https://shop.example',
      audience: 'parley',
      jwksUri: 'https://shop.example/keys',
      prefix: 's|',
      roles: ['customer', 'vendor'],
      claims: { vendor_id: 'custom:shop', name: 'nickname' },
    },
  ]),
);
const exp = 2_000_000_000;
const callerWith = (claims: Record<string, string | number | undefined>) => {
  const [issuer] = issuers;
  if (issuer === undefined) throw new Error('No issuer.');
  return callerOf({ sub: '42', role: 'customer', exp, ...claims }, issuer, issuers);
};

describe('callerOf', () => {
  it('reads claims by the names their issuer gives them', () => {
    expect(callerWith({ role: 'vendor', 'custom:shop': '7', nickname: 'Ana' })).toMatchObject({
      member: 'vendor:s|7',
      user: 's|42',
      name: 'Ana',
      expiresAtMs: exp * 1000,
    });
  });

  it.each([
    ['nothing', undefined, 's|42'],
    ['blanks', ' \n ', 's|42'],
    ['a number', 7, 's|42'],
    ['lines and bells', ' Ni\u0007no\nB ', 'Ni no B'],
    ['more than 100 characters', 'x'.repeat(200), 'x'.repeat(100)],
    ['a turned order', 'Nino \u202Eonin', 'Nino onin'],
    ['nothing to be seen', '\u200B\u2060\uFEFF', 's|42'],
    ['joined emoji', '👩\u200D🎨', '👩\u200D🎨'],
    ['half a character', 'a\uD800', 'a\uFFFD'],
  ])('makes of %s a name that can be shown', (_, nickname, name) => {
    expect(callerWith({ nickname }).name).toBe(name);
  });

  it.each([
    ['https://a.example/1.jpg', 'https://a.example/1.jpg'],
    ['http://a.example/1.jpg', undefined],
    ['http://localhost/1.jpg', undefined],
    ['https://u:p@a.example/1.jpg', undefined],
    ['https://a.example/\u0001', undefined],
    ['javascript:alert(1)', undefined],
    [`https://a.example/${'x'.repeat(2_048)}`, undefined],
    [7, undefined],
  ])('keeps of the picture %s what is safe', (picture, kept) => {
    expect(callerWith({ picture }).picture).toBe(kept);
  });

  it('hears the name of a shop from its staff only', () => {
    expect(callerWith({ vendor_name: 'Shop' })).not.toHaveProperty('vendorName');
  });
});
