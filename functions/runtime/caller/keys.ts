/** The keys that tokens are verified with: those of the configuration, and those of an address, fetched with restraint. */
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

import { ChatError } from '#protocol/errors.ts';

import type { Issuer } from '../issuers.ts';

/** Fetches a key set. */
export type FetchKeys = (uri: string) => Promise<ArrayBuffer>;

/** The library waits as long before it asks again for a key id that was not in the set. */
const WAIT_MS = 10_000;

/** Keys of the configuration have an address too: the library asks for one, and it is nobody's. */
export function keysAddress({ issuer, keys }: Issuer): string {
  return 'uri' in keys ? keys.uri : `inline:${issuer}`;
}

/**
 * The keys of all issuers. A flood of unknown key ids fetches a set once in ten seconds, and so does every
 * token while the provider is down: nobody makes us a burden to it.
 */
export function keysOf(
  issuers: readonly Issuer[],
  now: () => number,
  fetchKeys: FetchKeys = (uri) => new SimpleFetcher().fetch(uri),
): SimpleJwksCache {
  const inline = new Map(
    issuers.flatMap((issuer) =>
      'jwks' in issuer.keys ? [[keysAddress(issuer), JSON.stringify(issuer.keys.jwks)]] : [],
    ),
  );
  const fetch = waitingAfterFailure(fetchKeys, now);
  return new SimpleJwksCache({
    fetcher: {
      fetch: async (uri) => {
        const keys = inline.get(uri);
        return keys === undefined ? fetch(uri) : new TextEncoder().encode(keys).buffer;
      },
    },
  });
}

function waitingAfterFailure(fetchKeys: FetchKeys, now: () => number): FetchKeys {
  const failed = new Map<string, { cause: unknown; untilMs: number }>();
  return async (uri) => {
    const last = failed.get(uri);
    if (last !== undefined && last.untilMs > now()) {
      throw new ChatError('unavailable', {}, { cause: last.cause });
    }
    try {
      return await fetchKeys(uri);
    } catch (cause) {
      failed.set(uri, { cause, untilMs: now() + WAIT_MS });
      throw new ChatError('unavailable', {}, { cause });
    }
  };
}
