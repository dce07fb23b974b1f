/** An identity provider of a test's own: its keys, its entry in ISSUERS, and any token it could be made to sign. */
import { createSign, createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** What stands in a token; `undefined` takes a claim away. */
export type Claims = Record<string, unknown>;

/** A provider that signs whatever it is told. */
export interface TestIssuer {
  /** Its entry in ISSUERS. */
  readonly entry: Record<string, unknown>;
  readonly publicKey: KeyObject;
  /** A good token of a customer, bent by what is given. */
  sign: (claims?: Claims, header?: Claims) => string;
}

const HASHES: Record<string, string> = { RS256: 'RSA-SHA256', ES256: 'SHA256' };

/** @param overrides fields of its entry in ISSUERS; `issuer` names it */
export function anIssuer(overrides: Record<string, unknown> = {}, alg = 'RS256'): TestIssuer {
  const { publicKey, privateKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = overrides['issuer'] ?? 'https://id.example';
  const entry = {
    issuer,
    audience: ['parley'],
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg, use: 'sig' }] },
    prefix: '',
    roles: ['customer', 'vendor', 'admin'],
    claims: {},
    ...overrides,
  };
  const sign = (claims: Claims = {}, header: Claims = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: issuer,
      aud: 'parley',
      sub: '42',
      role: 'customer',
      iat: now,
      exp: now + 600,
    };
    const head = { alg, kid: 'key-1', typ: 'JWT', ...header };
    return signed(head, { ...payload, ...claims }, { privateKey, publicKey });
  };
  return { entry, publicKey, sign };
}

function signed(
  header: Claims,
  payload: Claims,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): string {
  const input = `${base64(header)}.${base64(payload)}`;
  if (header['alg'] === 'none') return `${input}.`;
  if (header['alg'] === 'HS256') {
    // The classic: the public key as the secret of a symmetric signature.
    const secret = publicKey.export({ format: 'pem', type: 'spki' });
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }
  const signature = createSign(HASHES[String(header['alg'])] ?? 'RSA-SHA256')
    .update(input)
    .sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

function base64(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
