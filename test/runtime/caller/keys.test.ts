/** How often keys are fetched: what a flood of tokens makes of the identity provider. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { createVerifier } from '#runtime/identity.ts';
import { loadIssuers } from '#runtime/issuers.ts';

import { anIssuer, type Claims } from '../../support/issuer.ts';

const URI = 'https://id.example/keys';
const provider = anIssuer();
const { jwks, ...named } = provider.entry;
const entry = { ...named, jwksUri: URI };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** A verifier whose provider may be down, and every address that it has asked. */
function aVerifier() {
  const asked: string[] = [];
  const world = { isDown: false };
  const verify = createVerifier(loadIssuers(JSON.stringify([entry])), Date.now, async (uri) => {
    asked.push(uri);
    if (world.isDown) throw new Error('down');
    return Promise.resolve(new TextEncoder().encode(JSON.stringify(jwks)).buffer);
  });
  const codeOf = async (header: Claims = {}) => {
    try {
      await verify(provider.sign({}, header));
      return 'accepted';
    } catch (error) {
      return error instanceof ChatError ? error.code : String(error);
    }
  };
  return { asked, world, codeOf };
}

describe('a flood of tokens', () => {
  it('with unknown key ids fetches the keys once in ten seconds, and hinders nobody', async () => {
    const { asked, codeOf } = aVerifier();
    for (let second = 0; second < 30; second += 1) {
      for (let n = 0; n < 20; n += 1) {
        expect(await codeOf({ kid: `unknown-${second}-${n}` })).toBe('unauthorized');
      }
      expect(await codeOf()).toBe('accepted');
      vi.advanceTimersByTime(1_000);
    }
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('at once fetches them once', async () => {
    const { asked, codeOf } = aVerifier();
    await Promise.all(Array.from({ length: 50 }, (_, n) => codeOf({ kid: `unknown-${n}` })));
    expect(asked).toHaveLength(1);
  });

  it('while the provider is down asks it once in ten seconds, and is told to come again', async () => {
    const { asked, world, codeOf } = aVerifier();
    world.isDown = true;
    for (let second = 0; second < 30; second += 1) {
      for (let n = 0; n < 20; n += 1) expect(await codeOf()).toBe('unavailable');
      vi.advanceTimersByTime(1_000);
    }
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThanOrEqual(4);
    world.isDown = false;
    vi.advanceTimersByTime(10_000);
    expect(await codeOf()).toBe('accepted');
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
