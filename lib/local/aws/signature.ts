/** Signature version 4: made for the engine's API, verified where the functions and the browser call this runtime. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Whose signatures are good: the runtime's own key, and every function's, which is this one with its name behind a dot. */
export interface Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A request as it is signed. */
export interface SignedRequest {
  readonly method: string;
  /** Decoded and encoded again as AWS does it, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What a signature says of itself. `scope` is `20261122/us-east-1/s3/aws4_request`. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: string;
  /** `20261122T160547Z`. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** What a signature is worth. */
export type Verdict = 'valid' | 'unknown key' | 'mismatch';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The request as AWS would sign it; undefined for a path with a broken escape. */
export function signedRequestOf(request: IncomingMessage): SignedRequest | undefined {
  const [rawPath = '/', ...rest] = (request.url ?? '/').split('?');
  try {
    const path = rawPath.split('/').map((part) => encodePart(decodeURIComponent(part)));
    return {
      method: request.method ?? 'GET',
      path: path.join('/'),
      query: new URLSearchParams(rest.join('?')),
      headers: request.headers,
    };
  } catch {
    return undefined;
  }
}

/** The claim in an `authorization` header; undefined where there is none of this kind. */
export function headerClaim({ headers }: SignedRequest): Claim | undefined {
  const parts = /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=(\w+)$/u.exec(
    headers.authorization ?? '',
  );
  return claimOf({
    credential: parts?.[1],
    date: String(headers['x-amz-date'] ?? ''),
    signedHeaders: parts?.[2],
    signature: parts?.[3],
  });
}

/** The claim in the query of a presigned address; undefined where there is none. */
export function queryClaim({ query }: SignedRequest): Claim | undefined {
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) return undefined;
  return claimOf({
    credential: query.get('X-Amz-Credential'),
    date: query.get('X-Amz-Date') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
  });
}

interface Claimed {
  readonly credential: string | null | undefined;
  readonly date: string;
  readonly signedHeaders: string | null | undefined;
  readonly signature: string | null | undefined;
}

/** A claim of its parts as they stand in a header, a query or a form; undefined where one is missing. */
export function claimOf({ credential, date, signedHeaders, signature }: Claimed) {
  const [accessKeyId, ...scope] = credential?.split('/') ?? [];
  // A scope of another day than the request's is never good.
  if (!accessKeyId || scope.length !== 4 || !signature || !date.startsWith(scope[0] ?? '')) {
    return undefined;
  }
  const headers = signedHeaders?.split(';') ?? [];
  return { accessKeyId, scope: scope.join('/'), date, signedHeaders: headers, signature };
}

/** Whether a request's signature is right. @param payloadHash hex, or `UNSIGNED-PAYLOAD` */
export function verifyRequest(
  request: SignedRequest,
  claim: Claim,
  { access, payloadHash }: { readonly access: Access; readonly payloadHash: string },
): Verdict {
  // A host that is not signed could be another one's.
  if (!claim.signedHeaders.includes('host')) return 'mismatch';
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...claim.signedHeaders.map((name) => `${name}:${headerText(request.headers[name])}`),
    '',
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const toSign = [ALGORITHM, claim.date, claim.scope, sha256(canonical)].join('\n');
  return verifyText(toSign, claim, access);
}

/** Whether a text, such as an upload's policy, is signed as the claim says. */
export function verifyText(text: string, claim: Claim, access: Access): Verdict {
  const isKnown = `${claim.accessKeyId}.`.startsWith(`${access.accessKeyId}.`);
  if (!isKnown) return 'unknown key';
  return signText(text, claim.scope, access) === claim.signature ? 'valid' : 'mismatch';
}

/** The signature of a text in a scope, in hex. */
export function signText(text: string, scope: string, access: Access): string {
  return hmac(keyOf(scope, access), text).toString('hex');
}

const MAX_KEYS = 100;
const keys = new Map<string, Buffer>();

/** One for each day, region and service: four hashes that every call of the database would make anew. */
function keyOf(scope: string, { secretAccessKey }: Access): Buffer {
  const name = `${secretAccessKey}/${scope}`;
  const known = keys.get(name);
  if (known) return known;
  const parts = scope.split('/');
  const key = parts.reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  // scopes come from outside
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(name, key);
  return key;
}

/** In hex. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A claim's date as epoch milliseconds; NaN for one that is none. */
export function timeOf(date: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(date);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

function canonicalQuery(query: URLSearchParams): string {
  return (
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map((pair) => pair.map(encodePart).join('\n'))
      // By name first: `a` before `a-b`, which `=` between the two would turn round.
      .toSorted()
      .map((pair) => pair.replace('\n', '='))
      .join('&')
  );
}

function headerText(value: string | readonly string[] | undefined): string {
  return [value ?? ''].flat().join(',').trim().replaceAll(/ +/gu, ' ');
}

/** `encodeURIComponent` leaves four characters as they are that AWS escapes. */
function encodePart(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
