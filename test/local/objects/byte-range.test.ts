import { describe, expect, it } from 'vitest';

import { byteRange } from '../../../lib/local/objects/byte-range.ts';

describe('byteRange', () => {
  it.each<[string, number, object | undefined]>([
    ['bytes=0-0', 5, { start: 0, end: 0 }],
    ['bytes=4-', 5, { start: 4, end: 4 }],
    ['bytes=2-9', 5, { start: 2, end: 4 }],
    ['bytes=-9', 5, { start: 0, end: 4 }],
    ['bytes=3-1', 5, undefined],
    ['bytes=-', 5, undefined],
    ['bytes=0-1,3-4', 5, undefined],
    ['items=0-1', 5, undefined],
  ])('takes %s of %i for %j', (header, size, range) => {
    expect(byteRange(header, size)).toEqual(range);
  });

  it('takes no header for the whole', () => {
    expect(byteRange(undefined, 5)).toBeUndefined();
  });

  it.each<[string, number]>([
    ['bytes=5-', 5],
    ['bytes=-0', 5],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ])('refuses %s of %i', (header, size) => {
    expect(() => byteRange(header, size)).toThrow(/not satisfiable/u);
  });
});
