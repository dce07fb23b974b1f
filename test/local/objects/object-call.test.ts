import { describe, expect, it } from 'vitest';

import {
  keptHeaders,
  namesVersion,
  versionHeaders,
} from '../../../lib/local/objects/object-call.ts';

const object = {
  bucket: 'files',
  key: 'a',
  size: 1,
  etag: 'abc',
  lastModified: Date.UTC(2026, 10, 22, 16),
  headers: {},
  body: 'b',
};

describe('what is kept of a request', () => {
  it('is what describes the object, and nothing that came along', () => {
    const kept = { 'content-type': 'image/png', 'x-amz-meta-a': 'b', expires: 'never' };
    const passing = { host: 'h', authorization: 'a', 'x-amz-date': 'd', 'content-length': '5' };
    expect(keptHeaders({ ...kept, ...passing, 'cache-control': '' })).toEqual(kept);
  });
});

describe('a version', () => {
  it('is told by its MD5 and its time', () => {
    expect(versionHeaders(object)).toEqual({
      etag: '"abc"',
      'last-modified': 'Sun, 22 Nov 2026 16:00:00 GMT',
    });
  });

  it.each([
    ['"abc"', true],
    ['abc', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['*', true],
    ['"ab"', false],
    ['', false],
  ])('is named by %s: %s', (header, isNamed) => {
    expect(namesVersion(header, object)).toBe(isNamed);
  });
});
