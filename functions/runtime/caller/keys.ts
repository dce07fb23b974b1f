/** The keys that tokens are verified with: those of the configuration, and those of an address, fetched with restraint. */
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { type PenaltyBox, SimpleJwksCache } from 'aws-jwt-verify/jwk';

import { ChatError } from '#protocol/errors.ts';

import type { Issuer } from '../issuers.ts';

/** Fetches a key set. */
export type FetchKeys = (uri: string) => Promise<ArrayBuffer>;

/** A set is fetched at most once in so long. */
const WAIT_MS = 10_000;

/** Keys of the configuration have an address too: the library asks for one, and it is nobody's. */
export function keysAddress({ issuer, keys }: Issuer): string {
  return 'uri' in keys ? keys.uri : `inline:${issuer}`;
}

/**
 * The keys of all issuers. A set is fetched when a token names a key that is not in hand, and at most once in ten
 * seconds: a flood of unknown key ids, or a provider that is down, makes us no burden to it. Whoever needs another
 * fetch meanwhile is told to come again, for it may be the first with a new key (ADR 23).
 */
export function keysOf(
  issuers: readonly Issuer[],
  now: () => number,
  fetchKeys: FetchKeys = (uri) => new SimpleFetcher().fetch(uri),
): SimpleJwksCache {
  const fetch = atMostOnceIn(WAIT_MS, fetchKeys, now);
  const inline = new Set<string>();
  const cache = new SimpleJwksCache({
    // What the configuration does not have, nobody has.
    fetcher: {
      fetch: async (uri) =>
        inline.has(uri) ? Promise.reject(new ChatError('unauthorized')) : fetch(uri),
    },
    penaltyBox: NO_PENALTY,
  });
  for (const issuer of issuers) {
    if (!('jwks' in issuer.keys)) continue;
    inline.add(keysAddress(issuer));
    cache.addJwks(keysAddress(issuer), issuer.keys.jwks);
  }
  return cache;
}

/** The library's own wait ends in an error that looks like a refusal, and does not count fetches that failed. */
const NO_PENALTY: PenaltyBox = {
  wait: async () => Promise.resolve(),
  registerFailedAttempt: () => {},
  registerSuccessfulAttempt: () => {},
};

function atMostOnceIn(waitMs: number, fetchKeys: FetchKeys, now: () => number): FetchKeys {
  const last = new Map<string, { untilMs: number; cause?: unknown }>();
  return async (uri) => {
    const { untilMs = 0, cause: failure } = last.get(uri) ?? {};
    if (untilMs > now()) throw comeAgain(untilMs - now(), failure);
    const current = { untilMs: now() + waitMs };
    last.set(uri, current);
    try {
      return await fetchKeys(uri);
    } catch (cause) {
      last.set(uri, { ...current, cause });
      throw comeAgain(current.untilMs - now(), cause);
    }
  };
}

function comeAgain(inMs: number, cause: unknown): ChatError {
  const retryAfter = Math.max(1, Math.ceil(inMs / 1000));
  return new ChatError('unavailable', { retryAfter }, { cause });
}
