/** The issuers of tokens in a deployment's configuration: what one looks like, checked before anything is deployed. */

const ROLES = ['customer', 'vendor', 'admin'] as const;
const CLAIMS = [
  'sub',
  'role',
  'groups',
  'vendor_id',
  'vendor_name',
  'name',
  'picture',
  'locale',
] as const;
const KEYS = ['issuer', 'audience', 'jwksUri', 'jwks', 'prefix', 'roles', 'claims'];
const PREFIX = /^[\w.:|-]{0,32}$/u;

/** A role that a token may carry. */
export type Role = (typeof ROLES)[number];

/** An issuer whose tokens are accepted; `jwksUri` and `jwks` exclude one another. */
export type Issuer = IssuerRules & ({ readonly jwksUri: string } | { readonly jwks: object });

interface IssuerRules {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` values that are meant for this deployment. */
  readonly audience: readonly string[];
  /** Put before `sub` and `vendor_id`; empty for at most one issuer. */
  readonly prefix: string;
  /** The roles that it may grant. */
  readonly roles: readonly Role[];
  /** Claim names that differ from the contract's, by the contract's name. */
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Checks a list of issuers.
 * @throws Error naming the issuer's place in the list and what is wrong
 */
export function issuersFrom(value: unknown): readonly Issuer[] {
  if (!Array.isArray(value)) throw new Error('PARLEY_ISSUERS must be a JSON list of issuers.');
  const issuers = value.map(issuerFrom);
  requireDistinct(issuers, 'issuer');
  requireDistinct(issuers, 'prefix');
  return issuers;
}

function issuerFrom(value: unknown, index: number): Issuer {
  const at = `PARLEY_ISSUERS[${index}]`;
  if (!isRecord(value)) throw new Error(`${at} must be an object.`);
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new Error(`${at} has an unknown field "${unknown}". Known: ${KEYS.join(', ')}.`);
  }
  return {
    issuer: textFrom(value['issuer'], `${at}.issuer`),
    audience: audienceFrom(value['audience'], `${at}.audience`),
    prefix: value['prefix'] === undefined ? '' : prefixFrom(value['prefix'], `${at}.prefix`),
    roles: rolesFrom(value['roles'] ?? ['customer', 'vendor'], `${at}.roles`),
    claims: claimsFrom(value['claims'] ?? {}, `${at}.claims`),
    ...keysFrom(value, at),
  };
}

function keysFrom(value: Record<string, unknown>, at: string) {
  const { jwksUri, jwks } = value;
  if ((jwksUri === undefined) === (jwks === undefined)) {
    throw new Error(`${at} needs either jwksUri or jwks.`);
  }
  if (jwks === undefined) return { jwksUri: textFrom(jwksUri, `${at}.jwksUri`) };
  if (isRecord(jwks) && Array.isArray(jwks['keys'])) return { jwks };
  throw new Error(`${at}.jwks must be a key set: {"keys": […]}.`);
}

function audienceFrom(value: unknown, at: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Error(`${at} must name at least one audience.`);
  return list.map((item) => textFrom(item, at));
}

function rolesFrom(value: unknown, at: string): readonly Role[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Error(`${at} must name at least one of ${ROLES.join(', ')}.`);
  }
  return value.map((item: unknown) => {
    const role = ROLES.find((known) => known === item);
    if (role === undefined) throw new Error(`${at}: ${JSON.stringify(item)} is no role.`);
    return role;
  });
}

function claimsFrom(value: unknown, at: string): Readonly<Record<string, string>> {
  if (!isRecord(value)) throw new Error(`${at} must be an object of claim names.`);
  const pairs = Object.entries(value).map(([claim, name]): [string, string] => {
    if (CLAIMS.some((known) => known === claim)) return [claim, textFrom(name, `${at}.${claim}`)];
    throw new Error(`${at}: "${claim}" is not one of ${CLAIMS.join(', ')}.`);
  });
  return Object.fromEntries(pairs);
}

function prefixFrom(value: unknown, at: string): string {
  if (typeof value === 'string' && PREFIX.test(value)) return value;
  throw new Error(`${at} must be at most 32 letters, digits or any of _ . : | -.`);
}

function textFrom(value: unknown, at: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Error(`${at} must be a text.`);
}

function requireDistinct(issuers: readonly Issuer[], field: 'issuer' | 'prefix'): void {
  const values = issuers.map((issuer) => issuer[field]);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new Error(`PARLEY_ISSUERS: two issuers have the ${field} "${twice}".`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
