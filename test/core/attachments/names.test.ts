/** Names of files: whatever comes in, what comes out is one safe segment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanName, nameFor } from '#core/attachments/names.ts';
import { CONTENT_TYPES, type ContentType } from '#protocol/attachments/content-types.ts';

describe('a cleaned name', () => {
  it.each([
    ['ჯამი.jpg', 'ჯამი.jpg'],
    ['My Photo (1).JPG', 'My Photo (1).JPG'],
    ['👨‍👩‍👧 family.png', '👨‍👩‍👧 family.png'],
    ['فاتورة.pdf', 'فاتورة.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\nino\\bill.pdf', 'bill.pdf'],
    ['C:bill.pdf', 'bill.pdf'],
    ['\\\\server\\share\\x.txt', 'x.txt'],
    ['folder/', 'folder'],
    ['a/..', 'a'],
    ['.htaccess', 'htaccess'],
    ['...', 'file'],
    ['', 'file'],
    [' \t ', 'file'],
    ['/', 'file'],
    ['bill.pdf. . ', 'bill.pdf'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['\u2066a\u2069\u200F.txt', 'a.txt'],
    ['a\r\nSet-Cookie: b.txt', 'aSet-Cookie_ b.txt'],
    ['a\u0000.txt', 'a.txt'],
    ['x\uFEFF\u200B.txt', 'x.txt'],
    ['12:30.png', '12_30.png'],
    ['a<b>"c|d?e*.txt', 'a_b__c_d_e_.txt'],
    ['a\u2215b\uFF0Fc.txt', 'a_b_c.txt'],
    ['con', '_con'],
    ['CON.txt', '_CON.txt'],
    ['lpt9.tar.gz', '_lpt9.tar.gz'],
    ['COM¹.txt', '_COM¹.txt'],
    ['nul .txt', '_nul .txt'],
    ['console.txt', 'console.txt'],
    ['com10.txt', 'com10.txt'],
    ['a\uD800b.txt', 'a\uFFFDb.txt'],
  ])('of %j is %j', (name, cleaned) => {
    expect(cleanName(name)).toBe(cleaned);
  });

  it('keeps its extension where it is too long', () => {
    const cleaned = cleanName(`${'ა'.repeat(300)}.jpeg`);
    expect(cleaned).toBe(`${'ა'.repeat(250)}.jpeg`);
    expect(cleanName(`${'x'.repeat(251)}.png`)).toHaveLength(255);
    expect(cleanName(`${'x'.repeat(252)}.png`)).toHaveLength(255);
  });

  it('splits no pair where it is cut', () => {
    expect(cleanName(`x${'😀'.repeat(200)}.png`).isWellFormed()).toBe(true);
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          ...'./\\:<>|"?* aA\u202E\u0000\u2028\uD800\uFF0Fა'.split(''),
          '😀',
          'con',
          'nul',
          'C:',
          '.exe',
        ),
        { maxLength: 300 },
      )
      .map((parts) => parts.join('')),
  );

  it('is one visible segment that any system can store', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const cleaned = cleanName(name);
        expect(cleaned.length).toBeGreaterThan(0);
        expect(cleaned.length).toBeLessThanOrEqual(255);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}/\\:<>"|?*]/u);
        expect(cleaned).not.toMatch(/^[\s.]|[\s.]$/u);
        expect(cleaned).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/iu);
        expect(cleanName(cleaned)).toBe(cleaned);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gets an extension of its type, once', () => {
    const types = Object.keys(CONTENT_TYPES) as ContentType[];
    fc.assert(
      fc.property(hostile, fc.constantFrom(...types), (name, type) => {
        const named = nameFor(cleanName(name), type);
        const extension = named.split('.').at(-1)?.toLowerCase() ?? '';
        expect(CONTENT_TYPES[type]).toContain(extension);
        expect(named.length).toBeLessThanOrEqual(255);
        expect(nameFor(named, type)).toBe(named);
        expect(cleanName(named)).toBe(named);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a name for its type', () => {
  it.each<[string, ContentType, string]>([
    ['bowl.png', 'image/png', 'bowl.png'],
    ['bowl.JPEG', 'image/jpeg', 'bowl.JPEG'],
    ['bill.exe', 'image/png', 'bill.exe.png'],
    ['page.hta', 'text/plain', 'page.hta.txt'],
    ['ჯამი', 'application/pdf', 'ჯამი.pdf'],
    ['archive.tar.gz', 'application/zip', 'archive.tar.gz.zip'],
  ])('turns %s of %s to %s', (name, type, expected) => {
    expect(nameFor(name, type)).toBe(expected);
  });
});
