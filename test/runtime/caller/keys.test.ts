/** How often keys are fetched: what a flood of tokens makes of the identity provider. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { createVerifier } from '#runtime/identity.ts';
import { loadIssuers } from '#runtime/issuers.ts';

import { anIssuer, type Claims } from '../../support/issuer.ts';

const URI = 'https://id.example/keys';
const provider = anIssuer();
const { jwks, ...named } = provider.entry;
const entry = { ...named, jwksUri: URI };

/** A verifier on a clock by hand, whose provider may be down or sign with another key, and every address that it has asked. */
function aVerifier() {
  const asked: string[] = [];
  const world = { isDown: false, keys: jwks, nowMs: Date.now() };
  const fetchKeys = async (uri: string) => {
    asked.push(uri);
    if (world.isDown) throw new Error('down');
    return Promise.resolve(new TextEncoder().encode(JSON.stringify(world.keys)).buffer);
  };
  const issuers = loadIssuers(JSON.stringify([entry]));
  const verify = createVerifier(issuers, () => world.nowMs, fetchKeys);
  const refusalOf = async (token: string) => {
    try {
      await verify(token);
      return null;
    } catch (error) {
      return error instanceof ChatError ? error : new ChatError('internal');
    }
  };
  const codeOf = async (header: Claims = {}) =>
    (await refusalOf(provider.sign({}, header)))?.code ?? 'accepted';
  return { asked, world, codeOf, refusalOf };
}

describe('a flood of tokens', () => {
  it('with unknown key ids fetches the keys once in ten seconds, and hinders nobody', async () => {
    const { asked, world, codeOf } = aVerifier();
    const refusals = new Map<string, number>();
    for (let second = 0; second < 30; second += 1) {
      for (let n = 0; n < 20; n += 1) {
        const code = await codeOf({ kid: `unknown-${second}-${n}` });
        refusals.set(code, (refusals.get(code) ?? 0) + 1);
      }
      expect(await codeOf()).toBe('accepted');
      world.nowMs += 1_000;
    }
    expect(asked).toHaveLength(3);
    // Whose keys were looked for and not found, and who came in between.
    expect(Object.fromEntries(refusals)).toEqual({ unauthorized: 3, unavailable: 597 });
  });

  it('at once fetches them once', async () => {
    const { asked, codeOf } = aVerifier();
    await Promise.all(Array.from({ length: 50 }, (_, n) => codeOf({ kid: `unknown-${n}` })));
    expect(asked).toHaveLength(1);
  });

  it('does not shut out the first with a new key: they are told when to come again, and are let in', async () => {
    const { asked, world, codeOf, refusalOf } = aVerifier();
    const rotated = anIssuer();
    const token = rotated.sign({}, { kid: 'key-2' });
    expect(await codeOf()).toBe('accepted');
    world.nowMs += 10_000;
    expect(await codeOf({ kid: 'forged' })).toBe('unauthorized');
    const [key] = (rotated.entry['jwks'] as { keys: object[] }).keys;
    world.keys = { keys: [{ ...key, kid: 'key-2' }] };
    world.nowMs += 3_000;
    expect(await refusalOf(token)).toMatchObject({
      code: 'unavailable',
      retryable: true,
      details: { retryAfter: 7 },
    });
    world.nowMs += 7_000;
    expect(await refusalOf(token)).toBeNull();
    expect(asked).toHaveLength(3);
  });

  it('while the provider is down asks it once in ten seconds, and is told to come again', async () => {
    const { asked, world, codeOf } = aVerifier();
    world.isDown = true;
    for (let second = 0; second < 30; second += 1) {
      for (let n = 0; n < 20; n += 1) expect(await codeOf()).toBe('unavailable');
      world.nowMs += 1_000;
    }
    expect(asked).toHaveLength(3);
    world.isDown = false;
    expect(await codeOf()).toBe('accepted');
  });

  it('is refused for good where the configuration has the keys: there are no others to wait for', async () => {
    const verify = createVerifier(loadIssuers(JSON.stringify([provider.entry])));
    for (let n = 0; n < 5; n += 1) {
      const forged = verify(provider.sign({}, { kid: `unknown-${n}` }));
      await expect(forged).rejects.toMatchObject({ code: 'unauthorized' });
    }
    await expect(verify(provider.sign())).resolves.toMatchObject({ user: '42' });
  });
});

describe('a token', () => {
  it.each<Claims>([
    { kid: '../../../../etc/passwd' },
    { kid: 'https://evil.example/keys' },
    { kid: '__proto__' },
    { kid: { toString: 'key-1' } },
    { kid: ['key-1'] },
    { kid: '' },
    { kid: 'x', jku: 'https://evil.example/keys' },
    { kid: 'x', x5u: 'https://evil.example/cert' },
    { kid: 'x', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } },
  ])('chooses no keys of its own by %o', async (header) => {
    const { asked, codeOf } = aVerifier();
    expect(await codeOf(header)).toBe('unauthorized');
    expect(asked.filter((uri) => uri !== URI)).toEqual([]);
  });
});
