/** Compression: which answers, with what, and once each. */
import zlib from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { createCompressor } from '../../../lib/local/site/compressor.ts';

const compressor = createCompressor();
const html = { accepted: 'gzip, deflate, br, zstd', type: 'text/html; charset=utf-8', size: 5_000 };
const choose = (more: Partial<typeof html> = {}) =>
  compressor.choose(['br', 'gzip'], { ...html, ...more });

describe('compression', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.0,gzip;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
    ['brotli', undefined],
  ])('for a browser that accepts "%s" is %s', (accepted, encoding) => {
    expect(choose({ accepted })).toBe(encoding);
  });

  it.each([
    ['text/javascript; charset=utf-8', 'br'],
    ['application/json', 'br'],
    ['image/svg+xml', 'br'],
    ['image/png', undefined],
    ['font/woff2', undefined],
  ])('of %s is %s', (type, encoding) => {
    expect(choose({ type })).toBe(encoding);
  });

  it.each([
    [999, undefined],
    [1_000, 'br'],
    [10_000_000, 'br'],
    [10_000_001, undefined],
  ])('of %i bytes is %s', (size, encoding) => {
    expect(choose({ size })).toBe(encoding);
  });

  it('takes only what is offered', () => {
    expect(compressor.choose(['gzip'], html)).toBe('gzip');
    expect(compressor.choose([], html)).toBeUndefined();
  });

  it('can be undone, and is done once for a version', async () => {
    const body = Buffer.from('parley '.repeat(500));
    const [br, again, gzip] = await Promise.all([
      compressor.compress(body, 'br', 'v1'),
      compressor.compress(Buffer.from('another'), 'br', 'v1'),
      compressor.compress(body, 'gzip', 'v1'),
    ]);
    expect(zlib.brotliDecompressSync(br).equals(body)).toBe(true);
    expect(zlib.gunzipSync(gzip).equals(body)).toBe(true);
    expect(again).toBe(br);
    expect(br.length).toBeLessThan(body.length / 10);
  });
});
