/** Tokens: one call of the application's callback at a time, renewed before the last one ends. */
import { ChatError } from '#protocol/errors.ts';
import { customerMember, type Member, type Role, vendorMember } from '#protocol/ids.ts';

import type { Identity } from '../chat.ts';
import type { Ports } from '../ports.ts';

/** A token is renewed this long before it ends, or after three quarters of a short life. */
const MARGIN_MS = 60_000;
/** What an unreadable or already ended `exp` is taken for: only the server's clock decides. */
const ASSUMED_LIFE_MS = 5 * 60_000;
/** How long the callback may take. */
const CALLBACK_MS = 20_000;

export interface Token {
  readonly text: string;
  /** When to bring the next one, on this device's clock. */
  readonly renewAtMs: number;
  readonly identity: Identity;
  /** Names the person among all who use this browser: issuer, subject, role and member. Null where the claims do not tell. */
  readonly session: string | null;
}

export interface Tokens {
  /**
   * The token in hand, or a new one when it is near its end.
   * @param refused the text of a token that the server refused: it is not given out again
   * @throws ChatError `unavailable` when the callback fails, `unauthorized` when it brings no JWT
   */
  readonly get: (refused?: string) => Promise<Token>;
}

export interface TokensOptions {
  readonly fetchToken: () => Promise<string>;
  readonly ports: Pick<Ports, 'now' | 'after'>;
  /** Hears of the first token, which says who this is. */
  readonly onFirst: (token: Token) => void;
}

/** The tokens of one user. */
export function createTokens({ fetchToken, ports, onFirst }: TokensOptions): Tokens {
  let owner: string | null = null;
  let current: Token | null = null;
  let underway: Promise<Token> | null = null;

  async function renew(): Promise<Token> {
    const text = await withDeadline(fetchToken, ports);
    const token = readToken(text, ports.now());
    const isFirst = owner === null;
    owner ??= ownerOf(token);
    // A token of somebody else must not send from this outbox.
    if (owner !== ownerOf(token)) throw ofAnother();
    current = token;
    if (isFirst) onFirst(token);
    return token;
  }

  return {
    get: async (refused) => {
      if (underway) return underway;
      const isUsable =
        current !== null && current.text !== refused && ports.now() < current.renewAtMs;
      if (current !== null && isUsable) return current;
      underway = renew().finally(() => {
        underway = null;
      });
      return underway;
    },
  };
}

function ownerOf({ session, identity: { role, member } }: Token): string {
  return session ?? `${role}/${member ?? ''}`;
}

function ofAnother(): ChatError {
  return new ChatError('unauthorized', {
    message:
      'The token callback brought a token of another user: close this client and create one for them.',
  });
}

function withDeadline(
  fetchToken: () => Promise<string>,
  ports: Pick<Ports, 'after'>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // Retryable: most often the shop cannot be reached at the moment.
    const fail = (why: string, cause?: unknown) =>
      reject(new ChatError('unavailable', { message: why }, { cause }));
    const cancel = ports.after(CALLBACK_MS, () =>
      fail(`The token callback did not answer within ${CALLBACK_MS / 1000} s.`),
    );
    // The extra `then` catches a callback that throws before it returns a promise.
    Promise.resolve()
      .then(fetchToken)
      .then(resolve, (cause: unknown) =>
        fail('The token callback failed: see the cause, and sign the user in again.', cause),
      )
      .finally(cancel);
  });
}

function readToken(text: unknown, nowMs: number): Token {
  if (typeof text !== 'string' || text.split('.').length !== 3) {
    throw new ChatError('unauthorized', {
      message: 'The token callback must return a JWT (three parts with dots) as text.',
    });
  }
  const claims = parseClaims(text);
  const lifeMs = lifeOf(claims, nowMs);
  const identity = identityOf(claims);
  return {
    text,
    renewAtMs: nowMs + lifeMs - Math.min(MARGIN_MS, lifeMs / 4),
    identity,
    session: sessionOf(claims, identity),
  };
}

/** How long a token lives from now on, whatever this device's clock shows: no longer than it was issued for. */
function lifeOf({ iat, exp }: Record<string, unknown>, nowMs: number): number {
  const expiresAtMs = typeof exp === 'number' ? exp * 1000 : 0;
  // An ended token may only mean that the clock is wrong: let the server say so.
  if (expiresAtMs <= nowMs) return ASSUMED_LIFE_MS;
  const wholeMs = typeof iat === 'number' ? expiresAtMs - iat * 1000 : 0;
  // By a slow clock it would be over long before its renewal, and its socket deaf.
  return Math.min(expiresAtMs - nowMs, wholeMs > 0 ? wholeMs : Infinity);
}

/** The claims of a JWT, unverified: they serve the display and the schedule, never a decision. */
function parseClaims(token: string): Record<string, unknown> {
  try {
    const base64 = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    // Not readable here, though perhaps for the server: it will say.
    return {};
  }
}

function identityOf(claims: Record<string, unknown>): Identity {
  const role = roleOf(claims);
  const person = textOf(claims.name);
  const name = role === 'vendor' ? (textOf(claims.vendor_name) ?? person) : person;
  return { role, member: memberOf(role, claims), name, user: textOf(claims.sub), person };
}

/** Each part is encoded, so that no two people get the same name. */
function sessionOf({ iss, sub }: Record<string, unknown>, me: Identity): string | null {
  if (typeof sub !== 'string') return null;
  return [textOf(iss) ?? '', sub, me.role, me.member ?? ''].map(encodeURIComponent).join('/');
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' ? claim : null;
}

function roleOf(claims: Record<string, unknown>): Role {
  const groups: unknown[] = Array.isArray(claims['cognito:groups']) ? claims['cognito:groups'] : [];
  const isIn = (role: Role) =>
    claims.role === role || (claims.role === undefined && groups.includes(role));
  // With several groups the least powerful counts, as on the server.
  if (isIn('customer')) return 'customer';
  if (isIn('vendor')) return 'vendor';
  return isIn('admin') ? 'admin' : 'customer';
}

function memberOf(role: Role, claims: Record<string, unknown>): Member | null {
  if (role === 'vendor') {
    return typeof claims.vendor_id === 'string' ? vendorMember(claims.vendor_id) : null;
  }
  return role === 'customer' && typeof claims.sub === 'string' ? customerMember(claims.sub) : null;
}
