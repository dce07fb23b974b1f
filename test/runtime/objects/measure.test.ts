/** Measures of pictures from their first bytes: right for real ones, none and quickly for forged ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { measure } from '#runtime/objects/measure.ts';

import { A_PNG } from '../../support/fake-files.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const be32 = (n: number) => n.toString(16).padStart(8, '0');
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const box = (type: string, content: string) => be32(8 + content.length / 2) + ascii(type) + content;
const ispe = (width: number, height: number) => box('ispe', be32(0) + be32(width) + be32(height));
/** A picture of Apple's kind: tiles first, the picture made of them behind. */
const heic = (...sizes: readonly string[]) =>
  bytes(
    box('ftyp', `${ascii('heic')}00000000${ascii('mif1heic')}`) +
      box('meta', be32(0) + box('iprp', box('ipco', sizes.join('')))),
  );

/** Orientation `n` in EXIF, big endian. */
const exif = (n: number) =>
  `ffe1 0022 45786966 0000 4d4d002a00000008 0001 0112 0003 00000001 000${n} 0000 00000000`;
const jpeg = (segments: string) =>
  bytes(`ffd8 ${segments} ffc0 0011 08 0003 0004 03 012200 021101 031101`);

describe('a picture', () => {
  it.each<[string, string, Uint8Array]>([
    ['PNG', 'image/png', A_PNG],
    ['GIF', 'image/gif', bytes(`${ascii('GIF89a')} 0400 0300 000000`)],
    [
      'lossy WebP',
      'image/webp',
      bytes(`${ascii('RIFF')}00000000${ascii('WEBPVP8 ')} 00000000 300100 9d012a 0400 0300`),
    ],
    [
      'extended WebP',
      'image/webp',
      bytes(`${ascii('RIFF')}00000000${ascii('WEBPVP8X')} 0a000000 10000000 030000 020000`),
    ],
    ['JPEG', 'image/jpeg', jpeg('ffe0 0010 4a46494600 01010000480048 0000')],
    ['JPEG upside down', 'image/jpeg', jpeg(exif(3))],
    ['HEIC of tiles', 'image/heic', heic(ispe(2, 2), ispe(4, 3))],
  ])('%s is 4 by 3', (_, type, data) => {
    expect(measure(type, data)).toEqual({ width: 4, height: 3 });
  });

  it('that lies on its side is measured as it is shown', () => {
    for (const orientation of [5, 6, 7, 8]) {
      expect(measure('image/jpeg', jpeg(exif(orientation)))).toEqual({ width: 3, height: 4 });
    }
  });

  it('that ends too early has none, whatever stands behind it in memory', () => {
    expect(measure('image/png', A_PNG.subarray(0, 16))).toEqual({});
    expect(measure('image/gif', bytes(`${ascii('GIF89a')} 0400 0300`).subarray(0, 8))).toEqual({});
  });

  it.each(['application/pdf', 'image/svg+xml', 'text/plain', 'toString', ''])(
    'of type %j is not read',
    (type) => {
      const svg = new Uint8Array(Buffer.from('<svg width="4" height="3"/>'));
      expect(measure(type, svg)).toEqual({});
    },
  );

  const starts = [
    A_PNG,
    jpeg(exif(6)),
    heic(ispe(4, 3)),
    bytes(`${ascii('RIFF')}00000000${ascii('WEBPVP8X')}`),
  ];
  it('that is forged is never a failure', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'),
        fc.constantFrom(...starts),
        fc.nat(60),
        fc.uint8Array({ maxLength: 200 }),
        (type, start, cut, noise) => {
          const size = measure(type, new Uint8Array([...start.subarray(0, cut), ...noise]));
          expect(Object.keys(size).length % 2).toBe(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, string, (n: number) => Uint8Array]>([
    ['zeros', 'image/jpeg', (n) => bytes(`ffd8ffe0${'00'.repeat(n)}`)],
    ['EXIF blocks', 'image/jpeg', (n) => bytes(`ffd8ffe1${'0008457869660000ffe1'.repeat(n / 10)}`)],
    ['tiny boxes', 'image/heic', (n) => heic(...Array.from({ length: n / 20 }, () => ispe(1, 1)))],
    ['boxes of no size', 'image/avif', (n) => heic('00'.repeat(n))],
    ['boxes in boxes', 'image/avif', (n) => heic(ispe(1, 1), '00'.repeat(n))],
  ])('of %s as long as what is read takes less than a second', (_, type, make) => {
    for (const length of [128 * 1024, 32_000]) {
      const data = make(length);
      const from = performance.now();
      measure(type, data);
      expect(performance.now() - from).toBeLessThan(1_000);
    }
  });
});
