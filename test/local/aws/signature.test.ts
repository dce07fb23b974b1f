import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from 'vitest';

import {
  claimOf,
  headerClaim,
  queryClaim,
  sha256,
  signedRequestOf,
  signText,
  timeOf,
  verifyRequest,
  verifyText,
} from '../../../lib/local/aws/signature.ts';

// AWS's own example of a signed GET of an object: its key, its request, its signature.
const ACCESS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const SCOPE = '20130524/us-east-1/s3/aws4_request';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SIGNATURE = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';

const request = (more: object = {}, signature = SIGNATURE) =>
  ({
    method: 'GET',
    url: '/test.txt',
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': EMPTY,
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS.accessKeyId}/${SCOPE},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
    },
    ...more,
  }) as unknown as IncomingMessage;

/** What the signature of a request is worth. */
function verdictOf(given: IncomingMessage, payloadHash = EMPTY) {
  const signed = signedRequestOf(given);
  const claim = signed && headerClaim(signed);
  return claim && verifyRequest(signed, claim, { access: ACCESS, payloadHash });
}

describe('a signed request', () => {
  it("verifies AWS's own example", () => {
    expect(verdictOf(request())).toBe('valid');
  });

  it.each<[string, IncomingMessage, string | undefined]>([
    ['another path', request({ url: '/test2.txt' }), 'mismatch'],
    ['another method', request({ method: 'PUT' }), 'mismatch'],
    ['a query', request({ url: '/test.txt?acl' }), 'mismatch'],
    ['another signature', request({}, '0'.repeat(64)), 'mismatch'],
    ['no signature', request({ headers: {} }), undefined],
    ['another scheme', request({ headers: { authorization: 'Bearer x' } }), undefined],
  ])('takes %s for what it is', (_, given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });

  it('takes another body for what it is', () => {
    expect(verdictOf(request(), 'UNSIGNED-PAYLOAD')).toBe('mismatch');
  });

  it.each([
    ['host', 'valid'],
    ['range', 'mismatch'],
  ])('of nothing but its %s is a %s', (name, verdict) => {
    const given = request();
    const canonical = `GET\n/test.txt\n\n${name}:${String(given.headers[name])}\n\n${name}\n${EMPTY}`;
    const toSign = `AWS4-HMAC-SHA256\n20130524T000000Z\n${SCOPE}\n${sha256(canonical)}`;
    given.headers.authorization = given.headers.authorization?.replace(
      /SignedHeaders=.*/u,
      `SignedHeaders=${name},Signature=${signText(toSign, SCOPE, ACCESS)}`,
    );
    expect(verdictOf(given)).toBe(verdict);
  });

  it("verifies AWS's own example of a presigned address", () => {
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      `X-Amz-Credential=${encodeURIComponent(`${ACCESS.accessKeyId}/${SCOPE}`)}`,
      'X-Amz-Date=20130524T000000Z',
      'X-Amz-Expires=86400',
      'X-Amz-SignedHeaders=host',
      'X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ].join('&');
    const headers = { host: 'examplebucket.s3.amazonaws.com' };
    const signed = signedRequestOf(request({ url: `/test.txt?${query}`, headers }));
    const claim = signed && queryClaim(signed);
    if (!claim) throw new Error('no claim');
    const payloadHash = 'UNSIGNED-PAYLOAD';
    expect(verifyRequest(signed, claim, { access: ACCESS, payloadHash })).toBe('valid');
  });

  it('says nothing of a path that cannot be read', () => {
    expect(signedRequestOf(request({ url: '/%E0%A4%A' }))).toBeUndefined();
  });

  it('escapes as AWS does', () => {
    expect(signedRequestOf(request({ url: "/a b/%C3%BC(1)'*!" }))?.path).toBe(
      '/a%20b/%C3%BC%281%29%27%2A%21',
    );
  });
});

describe('a signed text', () => {
  const claim = {
    accessKeyId: ACCESS.accessKeyId,
    scope: SCOPE,
    date: '20130524T000000Z',
    signedHeaders: [],
    signature: signText('policy', SCOPE, ACCESS),
  };

  it.each([
    ['policy', claim, 'valid'],
    ['policy2', claim, 'mismatch'],
    ['policy', { ...claim, scope: '20130525/us-east-1/s3/aws4_request' }, 'mismatch'],
    ['policy', { ...claim, accessKeyId: 'other' }, 'unknown key'],
  ] as const)('%s of %j is %s', (text, given, verdict) => {
    expect(verifyText(text, given, ACCESS)).toBe(verdict);
  });
});

describe('a claim', () => {
  const parts = {
    credential: `key/${SCOPE}`,
    date: '20130524T000000Z',
    signedHeaders: 'host',
    signature: 'abc',
  };

  it('is read from its parts', () => {
    expect(claimOf(parts)).toMatchObject({ accessKeyId: 'key', scope: SCOPE });
  });

  it.each([
    { credential: undefined },
    { credential: 'key' },
    { credential: `/${SCOPE}` },
    { signature: null },
    { date: '20130525T000000Z' },
  ])('is none with %j', (more) => {
    expect(claimOf({ ...parts, ...more })).toBeUndefined();
  });

  it('has a time', () => {
    expect(timeOf('20130524T010203Z')).toBe(Date.UTC(2013, 4, 24, 1, 2, 3));
    expect(timeOf('yesterday')).toBeNaN();
  });
});
