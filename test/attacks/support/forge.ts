/** Tokens that a forger would try: signed by the deployment's own issuer's key where that is the point, or by no one. */
import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ISSUER_FOLDER } from '../../support/local-stack.ts';

/** What stands in a token; `undefined` takes a claim away. */
type Claims = Readonly<Record<string, unknown>>;

/** Makes tokens of any content. */
export interface Forge {
  /** Signed as the issuer signs. */
  sign(claims?: Claims, header?: Claims): string;
  /** HS256 with the issuer's public key as its secret. */
  symmetric(claims?: Claims): string;
  /** With the right names, signed by somebody else. */
  byStranger(claims?: Claims): string;
  /** Any header, without a signature. */
  unsigned(header: Claims): string;
}

const part = (value: Claims) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param token a good token, whose claims are bent */
export function openForge(token: string): Forge {
  const key = JSON.parse(readFileSync(path.join(ISSUER_FOLDER, 'issuer-key.json'), 'utf8'));
  const [goodHeader = {}, goodClaims = {}] = token
    .split('.')
    .slice(0, 2)
    .map((text): Claims => JSON.parse(Buffer.from(text, 'base64url').toString()));
  const inputOf = (claims: Claims, header: Claims) =>
    `${part({ ...goodHeader, ...header })}.${part({ ...goodClaims, ...claims })}`;
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const signed = (input: string, by: Parameters<ReturnType<typeof createSign>['sign']>[0]) =>
    `${input}.${createSign('RSA-SHA256').update(input).sign(by, 'base64url')}`;
  return {
    sign: (claims = {}, header = {}) => signed(inputOf(claims, header), { key, format: 'jwk' }),
    symmetric: (claims = {}) => {
      const secret = createPublicKey({ key, format: 'jwk' }).export({
        format: 'pem',
        type: 'spki',
      });
      const input = inputOf(claims, { alg: 'HS256' });
      return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    },
    byStranger: (claims = {}) => signed(inputOf(claims, {}), stranger),
    unsigned: (header) => `${inputOf({}, header)}.`,
  };
}
