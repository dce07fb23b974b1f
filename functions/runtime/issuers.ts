/** The issuers whose tokens are accepted: read from the configuration, checked once, without optionals. */
import type { Jwks } from 'aws-jwt-verify/jwk';

import type { Role } from '#protocol/ids.ts';
import { MAX_PREFIX_LENGTH } from '#protocol/limits.ts';

import { readEnv } from './env.ts';

/** What each claim is called where an identity provider says nothing else. */
const CLAIMS = {
  sub: 'sub',
  role: 'role',
  groups: 'cognito:groups',
  vendor_id: 'vendor_id',
  vendor_name: 'vendor_name',
  name: 'name',
  picture: 'picture',
  locale: 'locale',
};

/** The claims' names at one issuer, by the contract's. */
export type ClaimNames = typeof CLAIMS;

/** An issuer and what it may say. */
export interface Issuer {
  readonly issuer: string;
  /** The `aud` values that are meant for this deployment. */
  readonly audience: string[];
  /** Where its keys are, or the keys themselves. */
  readonly keys: { readonly uri: string } | { readonly jwks: Jwks };
  /** Stands before `sub` and `vendor_id`: two issuers never mean the same member. */
  readonly prefix: string;
  /** The roles it may grant. */
  readonly roles: readonly Role[];
  readonly claims: ClaimNames;
}

/**
 * The issuers of a deployment.
 * @param json a JSON list of `{ issuer, audience, jwksUri | jwks, prefix, roles, claims }`
 * @throws Error saying which part of the list does not fit
 */
export function loadIssuers(json: string = readEnv('ISSUERS')): Issuer[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error('ISSUERS must be a JSON list.');
  const issuers = list.map(parseIssuer);
  assertUnique(issuers, 'issuer');
  assertUnique(issuers, 'prefix');
  return issuers;
}

/**
 * True where an id belongs to the issuer that uttered it. A sub of the issuer without a prefix may
 * begin like another issuer's prefix; the longest prefix that fits owns the id.
 */
export function ownsId(issuers: readonly Issuer[], issuer: Issuer, id: string): boolean {
  return issuers.every(
    ({ prefix }) => prefix.length <= issuer.prefix.length || !id.startsWith(prefix),
  );
}

function parseIssuer(value: unknown): Issuer {
  const { issuer, audience, jwksUri, jwks, prefix = '', roles, claims } = recordOf(value);
  if (typeof issuer !== 'string' || issuer === '') throw new Error('ISSUERS: an issuer is a text.');
  const audiences = typeof audience === 'string' ? [audience] : audience;
  // Without an audience, a token made for any other service of the same issuer would do.
  if (!isTexts(audiences) || audiences.length === 0) {
    throw new Error(`ISSUERS: "${issuer}" needs an audience.`);
  }
  if (typeof prefix !== 'string' || prefix.length > MAX_PREFIX_LENGTH) {
    throw new Error(
      `ISSUERS: "${issuer}" needs a prefix of at most ${MAX_PREFIX_LENGTH} characters.`,
    );
  }
  if (!isTexts(roles) || !roles.every(isRole)) {
    throw new Error(`ISSUERS: "${issuer}" may grant customer, vendor or admin.`);
  }
  return {
    issuer,
    audience: audiences,
    keys: parseKeys(issuer, jwksUri, jwks),
    prefix,
    roles,
    claims: parseClaims(recordOf(claims)),
  };
}

function parseKeys(issuer: string, jwksUri: unknown, jwks: unknown): Issuer['keys'] {
  if (typeof jwksUri === 'string' && jwks === undefined) return { uri: jwksUri };
  if (jwksUri === undefined && isKeySet(jwks)) return { jwks };
  throw new Error(`ISSUERS: give "${issuer}" either a jwksUri or a jwks.`);
}

function parseClaims(names: Record<string, unknown>): ClaimNames {
  const claims = { ...CLAIMS };
  for (const name of Object.keys(CLAIMS)) {
    const called = names[name];
    if (isClaim(name) && typeof called === 'string') claims[name] = called;
  }
  return claims;
}

function isClaim(name: string): name is keyof ClaimNames {
  return Object.hasOwn(CLAIMS, name);
}

function isKeySet(value: unknown): value is Jwks {
  const { keys } = recordOf(value);
  return Array.isArray(keys) && keys.every((key) => typeof recordOf(key)['kty'] === 'string');
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isRole(text: string): text is Role {
  return text === 'customer' || text === 'vendor' || text === 'admin';
}

function assertUnique(issuers: readonly Issuer[], field: 'issuer' | 'prefix'): void {
  const values = issuers.map((issuer) => issuer[field]);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new Error(`ISSUERS: the ${field} "${twice}" stands there twice.`);
}
