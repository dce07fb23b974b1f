/** The verifier against what attackers and sloppy providers send. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { createVerifier, remembering } from '#runtime/identity.ts';
import { loadIssuers } from '#runtime/issuers.ts';

import { anIssuer, type Claims } from '../support/issuer.ts';

const provider = anIssuer();
const second = anIssuer(
  { issuer: 'https://b.example', prefix: 'b|', roles: ['customer'] },
  'ES256',
);
const stranger = anIssuer();
const verify = createVerifier(loadIssuers(JSON.stringify([provider.entry, second.entry])));
const now = () => Math.floor(Date.now() / 1000);

async function codeOf(token: string, verifier = verify): Promise<string> {
  try {
    await verifier(token);
    return 'accepted';
  } catch (error) {
    return error instanceof ChatError ? error.code : `not a ChatError: ${String(error)}`;
  }
}

describe('verifyToken', () => {
  it('accepts a good token and says who its bearer is', async () => {
    const exp = now() + 600;
    const token = provider.sign({ sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana', exp });
    expect(await verify(token)).toEqual({
      member: 'vendor:7',
      user: 'ana',
      role: 'vendor',
      name: 'Ana',
      expiresAtMs: exp * 1000,
    });
  });

  it('puts the prefix of its issuer before the ids', async () => {
    expect((await verify(second.sign())).member).toBe('customer:b|42');
  });

  it.each<[string, Claims, Claims?]>([
    ['no exp', { exp: undefined }],
    ['an exp that is a text', { exp: '9999999999' }],
    ['an exp beyond the year 9999', { exp: 1e15 }],
    ['no sub', { sub: undefined }],
    ['a numeric sub', { sub: 42 }],
    ['an empty sub', { sub: '' }],
    ['a sub of 129 characters', { sub: 'x'.repeat(129) }],
    ['a sub with a control character', { sub: 'a\0b' }],
    ['half a character as sub', { sub: '\uD800' }],
    ["another issuer's prefix in its sub", { sub: 'b|42' }],
    ['an iat in the future', { iat: now() + 3_600 }],
    ['an nbf in the future', { nbf: now() + 3_600 }],
    ['another issuer in iss', { iss: 'https://evil.example' }],
    ['no iss', { iss: undefined }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['an unknown role', { role: 'root' }],
    ['no role', { role: undefined }],
    ['a vendor without vendor_id', { role: 'vendor' }],
    ['a vendor with a numeric vendor_id', { role: 'vendor', vendor_id: 7 }],
    ['an unknown key', {}, { kid: 'key-2' }],
    ['no key id', {}, { kid: undefined }],
    ['a critical extension', {}, { crit: ['exp'] }],
    ['another type', {}, { typ: 'logout+jwt' }],
    ['a type that is no text', {}, { typ: 7 }],
    ['alg none', {}, { alg: 'none' }],
    ['alg None', {}, { alg: 'None' }],
    ['no alg', {}, { alg: undefined }],
    ['HS256 with the public key as its secret', {}, { alg: 'HS256' }],
    ['the alg of another kind of key', {}, { alg: 'ES256' }],
  ])('refuses a token with %s', async (_, claims, header = {}) => {
    expect(await codeOf(provider.sign(claims, header))).toBe('unauthorized');
  });

  it.each([
    ['nothing', ''],
    ['no token at all', 'parley'],
    ['four parts', `${provider.sign()}.x`],
    ['broken JSON', 'e30x.e30x.e30x'],
    ['a stranger with the same names', stranger.sign()],
    ['a signature of another payload', bent(provider.sign(), provider.sign({ sub: '43' }))],
    ['9 KB', provider.sign({ bag: 'x'.repeat(9_000) })],
  ])('refuses %s', async (_, token) => {
    expect(await codeOf(token)).toBe('unauthorized');
  });

  it('says of an ended token that it has ended', async () => {
    expect(await codeOf(provider.sign({ exp: now() - 1 }))).toBe('token_expired');
    expect(await codeOf(provider.sign({ exp: now() - 3_600 }))).toBe('token_expired');
  });

  it('says nothing of an ended token that is forged', async () => {
    expect(await codeOf(stranger.sign({ exp: now() - 3_600 }))).toBe('unauthorized');
  });

  it('allows clocks to differ by seconds, but not at the end of a token', async () => {
    expect(await codeOf(provider.sign({ iat: now() + 20, nbf: now() + 20 }))).toBe('accepted');
    expect(await codeOf(provider.sign({ exp: now() - 2 }))).toBe('token_expired');
  });

  it('does not let an issuer grant more than its roles', async () => {
    expect(await codeOf(second.sign({ role: 'admin' }))).toBe('unauthorized');
    expect(await codeOf(second.sign({ role: undefined, 'cognito:groups': ['admin'] }))).toBe(
      'unauthorized',
    );
  });

  it('takes the least powerful of several groups, unless role says', async () => {
    const groups = { 'cognito:groups': ['admin', 'customer', 'vendor'] };
    expect((await verify(provider.sign({ role: undefined, ...groups }))).role).toBe('customer');
    expect((await verify(provider.sign({ role: 'admin', ...groups }))).role).toBe('admin');
  });

  it('accepts nobody where no issuer is configured', async () => {
    expect(await codeOf(provider.sign(), createVerifier([]))).toBe('unauthorized');
  });

  it('is unavailable, not refusing, where the keys cannot be fetched', async () => {
    const { jwks: _, ...entry } = provider.entry;
    const far = { ...entry, jwksUri: 'https://127.0.0.1:1/keys' };
    const verifier = createVerifier(loadIssuers(JSON.stringify([far])));
    expect(await codeOf(provider.sign(), verifier)).toBe('unavailable');
  });
});

describe('remembering', () => {
  const setUp = () => {
    const clock = { nowMs: Date.now(), verified: 0 };
    const verifier = remembering(
      async (token) => {
        clock.verified += 1;
        return verify(token);
      },
      () => clock.nowMs,
    );
    return { clock, verifier };
  };

  it('verifies a token once a minute', async () => {
    const { clock, verifier } = setUp();
    const token = provider.sign();
    expect(await verifier(token)).toEqual(await verifier(token));
    expect(clock.verified).toBe(1);
    clock.nowMs += 60_001;
    await verifier(token);
    expect(clock.verified).toBe(2);
  });

  it('believes no token past its end', async () => {
    const { clock, verifier } = setUp();
    const token = provider.sign({ exp: now() + 30 });
    await verifier(token);
    clock.nowMs += 31_000;
    await verifier(token);
    expect(clock.verified).toBe(2);
  });

  it('takes no other token for one it knows, and remembers no refusal', async () => {
    const { clock, verifier } = setUp();
    const token = provider.sign();
    await verifier(token);
    const forged = bent(provider.sign({ sub: 'root' }), token);
    expect(await codeOf(forged, verifier)).toBe('unauthorized');
    expect(await codeOf(forged, verifier)).toBe('unauthorized');
    expect(clock.verified).toBe(3);
  });
});

/** The header and payload of one token with the signature of another. */
function bent(token: string, other: string): string {
  return [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
}
