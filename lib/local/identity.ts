/** The development issuer: a key of its own, its place in the deployment's configuration, and tokens for the asking. */
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

import { isJson, type Json } from './json.ts';

/** Issues tokens that the local deployment accepts. */
export interface DevelopmentIssuer {
  /** The entry for PARLEY_ISSUERS, as the deployment's configuration takes it. */
  readonly config: Json;
  /** A token with these claims; `expiresIn` in seconds, negative for one that is over. */
  issue(claims: Json, expiresIn?: number): Promise<string>;
  /** Answers `POST /local/token`. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const ISSUER = 'http://localhost:4000/local/issuer';
const AUDIENCE = 'parley';
const DEFAULT_EXPIRES_IN = 3_600;
const MAX_BODY_BYTES = 16 * 1024;
/** Longest life of a token: thirty days, in seconds. */
const MAX_EXPIRES_IN = 30 * 86_400;

/**
 * Opens the issuer.
 * @param folder keeps the key, so that tokens outlive a restart; without one the key is new
 */
export async function openIssuer(folder: string | undefined): Promise<DevelopmentIssuer> {
  const jwk = await readKey(folder);
  const key = await importJWK(jwk, 'RS256');
  const issue = (claims: Json, expiresIn = DEFAULT_EXPIRES_IN) => {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid ?? '', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(Math.min(now, now + expiresIn))
      .setExpirationTime(now + expiresIn)
      .sign(key);
  };
  return {
    config: {
      issuer: ISSUER,
      audience: AUDIENCE,
      jwks: { keys: [publicPart(jwk)] },
      prefix: '',
      roles: ['customer', 'vendor', 'admin'],
    },
    issue,
    handle: (request, response) => answerToken(request, response, issue),
  };
}

async function readKey(folder: string | undefined): Promise<JWK> {
  const file = folder && path.join(folder, 'issuer-key.json');
  if (file && existsSync(file)) return keptIn(file);
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key: JWK = {
    ...(await exportJWK(privateKey)),
    kid: `local-${Date.now()}`,
    alg: 'RS256',
    use: 'sig',
  };
  return file ? keep(file, key) : key;
}

function keptIn(file: string): JWK {
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return { ...(isJson(kept) ? kept : {}) };
}

/** Whole or not at all, and of two who begin at once the first one's. @returns the key that is kept */
function keep(file: string, key: JWK): JWK {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${crypto.randomUUID()}`;
  writeFileSync(draft, JSON.stringify(key), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
  return keptIn(file);
}

function publicPart({ kty, n, e, kid, alg, use }: JWK): Json {
  return { kty, n, e, kid, alg, use };
}

async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  issue: DevelopmentIssuer['issue'],
): Promise<void> {
  try {
    if (request.method !== 'POST') return answer(response, 405, { message: 'Use POST.' });
    const { expiresIn, ...claims } = claimsFrom(await readBody(request));
    const token = await issue(claims, typeof expiresIn === 'number' ? expiresIn : undefined);
    answer(response, 200, { token });
  } catch (error) {
    answer(response, 400, { message: error instanceof Error ? error.message : String(error) });
  }
}

function claimsFrom(text: string): Json {
  const claims: unknown = JSON.parse(text);
  if (!isJson(claims) || typeof claims['sub'] !== 'string') {
    throw new Error('Send claims such as {"sub": "42", "role": "customer", "name": "Nino"}.');
  }
  const { expiresIn } = claims;
  if (expiresIn === undefined) return claims;
  if (Number.isSafeInteger(expiresIn) && Math.abs(Number(expiresIn)) <= MAX_EXPIRES_IN) {
    return claims;
  }
  throw new Error(`expiresIn must be whole seconds, at most ${MAX_EXPIRES_IN}.`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('The claims are too long.');
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString();
}

function answer(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
