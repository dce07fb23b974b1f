import { describe, expect, it } from 'vitest';

import { requirePolicy } from '../../../lib/local/objects/post-policy.ts';

const NOW = Date.UTC(2026, 10, 22, 16);
const later = '2026-11-22T16:00:01Z';

/** Checks fields against conditions, a minute before the policy's end. */
const check = (conditions: unknown, fields: Record<string, string>, expiration: unknown = later) =>
  requirePolicy(
    Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64'),
    fields,
    NOW,
  );

describe('requirePolicy', () => {
  it.each<[string, unknown[], Record<string, string>]>([
    ['an object', [{ key: 'a' }], { key: 'a' }],
    ['eq', [['eq', '$key', 'a']], { key: 'a' }],
    ['starts-with', [['starts-with', '$key', 'a/']], { key: 'a/b' }],
    ['starts-with anything', [['starts-with', '$key', '']], { key: 'b' }],
    ['another case of the name', [['eq', '$Content-Type', 'a']], { 'content-type': 'a' }],
    ['the proof itself', [], { policy: 'p', 'x-amz-signature': 's' }],
    ['what is marked as of no meaning', [], { 'x-ignore-this': '1' }],
    ['an empty value for a field that is not there', [{ acl: '' }], {}],
  ])('allows what %s allows', (_, conditions, fields) => {
    expect(() => check(conditions, fields)).not.toThrow();
  });

  it.each<[string, unknown[], Record<string, string>, RegExp]>([
    ['another value', [{ key: 'a' }], { key: 'b' }, /Condition failed: \["eq","\$key","a"\]/u],
    ['another case of the value', [{ key: 'a' }], { key: 'A' }, /Condition failed/u],
    ['another beginning', [['starts-with', '$key', 'a/']], { key: 'b/a/' }, /starts-with/u],
    ['a missing field', [{ key: 'a' }], {}, /Condition failed/u],
    ['a field without a condition', [{ key: 'a' }], { key: 'a', acl: 'x' }, /fields: acl/u],
    ['one of two conditions', [{ key: 'a' }, { key: 'b' }], { key: 'a' }, /"b"/u],
  ])('denies %s', (_, conditions, fields, message) => {
    expect(() => check(conditions, fields)).toThrow(message);
  });

  it('ends at its time', () => {
    expect(() => check([], {}, '2026-11-22T16:00:00.001Z')).not.toThrow();
    expect(() => check([], {}, '2026-11-22T16:00:00Z')).toThrow(/Policy expired/u);
  });

  it('answers the narrowest of its sizes', () => {
    const sizes = [
      ['content-length-range', 1, 100],
      ['content-length-range', 5, 500],
    ];
    expect(check(sizes, {})).toEqual({ min: 5, max: 100 });
    expect(check([], {})).toEqual({ min: 0, max: 5 * 1024 ** 3 });
  });

  it.each<[string, unknown, unknown]>([
    ['no conditions', undefined, later],
    ['no end', [], undefined],
    ['an end that is none', [], 'soon'],
    ['an unknown rule', [['ends-with', '$key', 'a']], later],
    ['a rule without a field', [['eq', 'key', 'a']], later],
    ['a value that is no text', [{ key: 5 }], later],
    ['two fields in one condition', [{ key: 'a', acl: 'b' }], later],
    ['a range backwards', [['content-length-range', 5, 1]], later],
    ['a range without an end', [['content-length-range', 5]], later],
    ['a range of words', [['content-length-range', 'a', 'b']], later],
  ])('takes %s for no policy', (_, conditions, expiration) => {
    expect(() =>
      requirePolicy(
        Buffer.from(JSON.stringify({ conditions, expiration })).toString('base64'),
        {},
        NOW,
      ),
    ).toThrow(/Invalid Policy/u);
  });

  it.each(['', '!!!', Buffer.from('[]').toString('base64')])(
    'takes %j for no policy',
    (encoded) => {
      expect(() => requirePolicy(encoded, {}, NOW)).toThrow(/Invalid JSON/u);
    },
  );
});
