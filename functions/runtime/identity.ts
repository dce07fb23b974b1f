/** Who is calling: the token's signature, time and issuer, and the checks the library leaves out. */
import { JwtExpiredError } from 'aws-jwt-verify/error';
import { JwtVerifier } from 'aws-jwt-verify';
import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';

import type { Caller } from '#core/access.ts';
import { ChatError } from '#protocol/errors.ts';

import { callerOf } from './caller/claims.ts';
import { type FetchKeys, keysAddress, keysOf } from './caller/keys.ts';
import { type Issuer, loadIssuers } from './issuers.ts';

/** Far above any real token, far below what makes parsing dear. */
const MAX_TOKEN_LENGTH = 8 * 1024;
/** How far another clock may be ahead of ours. Never applied to `exp`. */
const LEEWAY_SECONDS = 30;
/** The end of the year 9999: the last second that a time stamp can show. */
const MAX_EXP = 253_402_300_799;

const TOKEN_TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Verifies a token and says who its bearer is. */
export type VerifyToken = (token: string) => Promise<Caller>;

/**
 * A verifier over several issuers, built once per environment: it keeps the keys it has fetched.
 * The verifier throws ChatError `token_expired`, `unavailable` where a key cannot be fetched now, else `unauthorized`.
 */
export function createVerifier(
  issuers: readonly Issuer[],
  now = Date.now,
  fetchKeys?: FetchKeys,
): VerifyToken {
  if (issuers.length === 0) return async () => Promise.reject(new ChatError('unauthorized'));
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  const verifier = JwtVerifier.create(
    issuers.map((issuer) => ({
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUri: keysAddress(issuer),
      graceSeconds: LEEWAY_SECONDS,
      customJwtCheck: ({ header, payload }: { header: JwtHeader; payload: JwtPayload }) => {
        checkHeader(header);
        checkTimes(payload, now() / 1000);
      },
    })),
    { jwksCache: keysOf(issuers, now, fetchKeys) },
  );
  return async (token) => {
    try {
      if (token.length > MAX_TOKEN_LENGTH) throw new ChatError('unauthorized');
      const payload = await verifier.verify(token);
      const issuer = byName.get(payload.iss ?? '');
      if (issuer === undefined) throw new ChatError('unauthorized');
      return callerOf(payload, issuer, issuers);
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

/** Within this a known token is not verified anew: longer, and a withdrawn key would be believed too long. */
const TRUST_MS = 60_000;
const MAX_REMEMBERED = 1_000;

/**
 * A verifier that remembers whom it has accepted within the last minute: the signature is the dearest part of a
 * message's CPU, and in a conversation the same token comes again and again. Refusals are not remembered.
 */
export function remembering(verify: VerifyToken, now = Date.now): VerifyToken {
  const accepted = new Map<string, { caller: Caller; untilMs: number }>();
  return async (token) => {
    const known = accepted.get(token);
    // An ended token is verified again, which says that it has ended.
    if (known !== undefined && known.untilMs > now()) return known.caller;
    const caller = await verify(token);
    if (accepted.size >= MAX_REMEMBERED) accepted.clear();
    accepted.set(token, { caller, untilMs: Math.min(now() + TRUST_MS, caller.expiresAtMs) });
    return caller;
  };
}

let configured: VerifyToken | undefined;

/** Verifies a token against the issuers of the deployment. Throws as `createVerifier` says. */
export const verifyToken: VerifyToken = (token) => {
  configured ??= remembering(createVerifier(loadIssuers()));
  return configured(token);
};

function checkHeader(header: JwtHeader): void {
  // RFC 7515 §4.1.11: an extension we do not understand must be refused, and we understand none.
  if (header['crit'] !== undefined) throw new ChatError('unauthorized');
  const { typ } = header;
  if (typ === undefined) return;
  if (typeof typ !== 'string' || !TOKEN_TYPES.has(typ.toLowerCase())) {
    throw new ChatError('unauthorized', { message: 'The token is of another type than JWT.' });
  }
}

function checkTimes(payload: JwtPayload, nowSeconds: number): void {
  const { exp, iat } = payload;
  if (exp === undefined || exp > MAX_EXP) {
    throw new ChatError('unauthorized', { message: 'The token needs an exp within our time.' });
  }
  if (exp <= nowSeconds) throw new ChatError('token_expired');
  if (iat !== undefined && iat > nowSeconds + LEEWAY_SECONDS) {
    throw new ChatError('unauthorized', { message: 'The token was issued in the future.' });
  }
}

/** Only what we say ourselves is public; what the library says goes to the log as the cause. */
function toRefusal(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof JwtExpiredError) return new ChatError('token_expired', {}, { cause: error });
  return new ChatError('unauthorized', {}, { cause: error });
}
