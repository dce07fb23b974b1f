/** What a deployment may configure, and what stops it from starting. */
import { describe, expect, it } from 'vitest';

import { loadIssuers, ownsId } from '#runtime/issuers.ts';

const entry = {
  issuer: 'https://a.example',
  audience: 'parley',
  jwksUri: 'https://a.example/keys',
  prefix: '',
  roles: ['customer'],
};
const load = (...entries: unknown[]) => loadIssuers(JSON.stringify(entries));

describe('loadIssuers', () => {
  it('fills in the names of the claims and keeps those that are renamed', () => {
    const [issuer] = load({ ...entry, claims: { vendor_id: 'custom:shop' } });
    expect(issuer?.claims).toMatchObject({ sub: 'sub', vendor_id: 'custom:shop' });
    expect(issuer?.audience).toEqual(['parley']);
  });

  it.each([
    ['what is no list', { issuers: [] }, /must be a JSON list/u],
    ['an entry that is null', [null], /an issuer is a text/u],
    ['an entry without an audience', [{ ...entry, audience: undefined }], /needs an audience/u],
    ['an empty audience', [{ ...entry, audience: [] }], /needs an audience/u],
    ['an unknown role', [{ ...entry, roles: ['root'] }], /may grant/u],
    ['no keys', [{ ...entry, jwksUri: undefined }], /jwksUri or a jwks/u],
    ['keys twice', [{ ...entry, jwks: { keys: [] } }], /jwksUri or a jwks/u],
    ['a prefix that is too long', [{ ...entry, prefix: 'x'.repeat(65) }], /at most 64/u],
    ['an issuer twice', [entry, { ...entry, prefix: 'b' }], /issuer .* twice/u],
    ['a prefix twice', [entry, { ...entry, issuer: 'https://b.example' }], /prefix .* twice/u],
  ])('refuses %s', (_, list, message) => {
    expect(() => loadIssuers(JSON.stringify(list))).toThrow(message);
  });
});

describe('ownsId', () => {
  it('gives an id to the longest prefix that fits', () => {
    const issuers = load(
      entry,
      { ...entry, issuer: 'b', prefix: 'b' },
      { ...entry, issuer: 'bb', prefix: 'bb' },
    );
    const owners = (id: string) =>
      issuers.filter((one) => id.startsWith(one.prefix) && ownsId(issuers, one, id));
    for (const [id, issuer] of [
      ['x1', 'https://a.example'],
      ['b1', 'b'],
      ['bb1', 'bb'],
    ] as const) {
      expect(owners(id).map((one) => one.issuer)).toEqual([issuer]);
    }
  });
});
