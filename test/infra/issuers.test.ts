/** Issuers of tokens: what a deployment accepts, and that the functions accept the same. */
import { describe, expect, it } from 'vitest';

import { loadIssuers } from '#runtime/issuers.ts';

import { issuersFrom } from '../../lib/infra/issuers.ts';
import { ISSUER } from './stage.ts';

const JWKS = { keys: [{ kty: 'RSA', kid: 'a', use: 'sig', alg: 'RS256', n: 'AQAB', e: 'AQAB' }] };
const { jwksUri: _, ...KEYLESS } = ISSUER;

describe('issuers', () => {
  it('get their defaults', () => {
    expect(issuersFrom([ISSUER])).toEqual([
      { ...ISSUER, audience: ['shop'], prefix: '', roles: ['customer', 'vendor'], claims: {} },
    ]);
  });

  it.each([
    ['an address of keys', [ISSUER]],
    ['keys of its own', [{ ...KEYLESS, jwks: JWKS }]],
    ['renamed claims', [{ ...ISSUER, claims: { vendor_id: 'custom:shop', groups: 'roles' } }]],
    ['several audiences', [{ ...ISSUER, audience: ['shop', 'app'] }]],
    ['a prefix each', [ISSUER, { ...ISSUER, issuer: 'https://b.example', prefix: 'b:' }]],
  ])('with %s are accepted by the functions too', (_, issuers) => {
    const configured = issuersFrom(issuers);
    const loaded = loadIssuers(JSON.stringify(configured));
    expect(loaded.map(({ issuer, audience, prefix }) => ({ issuer, audience, prefix }))).toEqual(
      configured.map(({ issuer, audience, prefix }) => ({ issuer, audience, prefix })),
    );
  });

  it.each([
    ['no object', [null], /PARLEY_ISSUERS\[0\] must be an object/u],
    ['an unknown field', [{ ...ISSUER, audiences: 'x' }], /unknown field "audiences"/u],
    ['no issuer', [{ ...ISSUER, issuer: ' ' }], /\[0\]\.issuer must be a text/u],
    ['no audience', [{ ...ISSUER, audience: [] }], /at least one audience/u],
    ['no keys', [KEYLESS], /\[0\] needs either jwksUri or jwks/u],
    ['keys twice', [{ ...ISSUER, jwks: JWKS }], /\[0\] needs either jwksUri or jwks/u],
    ['an empty key set', [{ ...KEYLESS, jwks: {} }], /jwks must be a key set/u],
    ['an unknown role', [{ ...ISSUER, roles: ['owner'] }], /roles: "owner" is no role/u],
    ['no roles', [{ ...ISSUER, roles: [] }], /roles must name at least one/u],
    ['an unknown claim', [{ ...ISSUER, claims: { email: 'x' } }], /claims: "email" is not one/u],
    ['a prefix of blanks', [{ ...ISSUER, prefix: 'a b' }], /prefix must be/u],
    ['the same issuer', [ISSUER, { ...ISSUER, prefix: 'b:' }], /two issuers have the issuer/u],
    [
      'the same prefix',
      [ISSUER, { ...ISSUER, issuer: 'https://b.example' }],
      /two issuers have the prefix ""/u,
    ],
  ])('with %s are refused by their place', (_, issuers, message) => {
    expect(() => issuersFrom(issuers)).toThrow(message);
  });
});
