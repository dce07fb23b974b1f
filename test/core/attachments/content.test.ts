/** First bytes against declared types: the right ones agree, all others do not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { agrees } from '#core/attachments/content.ts';
import { CONTENT_TYPES, type ContentType } from '#protocol/attachments/content-types.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const ftyp = (...brands: string[]) =>
  bytes(
    `\0\0\0${String.fromCharCode(12 + 4 * brands.length)}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`,
  );

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Beginnings of real files. */
const FILES: Record<string, Uint8Array> = {
  jpeg: bytes('\xFF\xD8\xFF\xE0\0\x10JFIF'),
  png: bytes('\x89PNG\r\n\x1A\n\0\0\0\rIHDR'),
  gif: bytes('GIF89a\x01\0\x01\0'),
  webp: bytes('RIFF\x24\0\0\0WEBPVP8 '),
  wav: bytes('RIFF\x24\0\0\0WAVEfmt '),
  avif: ftyp('avif', 'mif1', 'miaf'),
  avifByGeneralBrand: ftyp('mif1', 'avif', 'miaf'),
  heic: ftyp('heic', 'mif1', 'heic'),
  mp4: ftyp('isom', 'iso2', 'mp41'),
  mov: ftyp('qt  ', 'qt  '),
  oldMov: bytes('\0\0\0\x08wide\0\0\0\0mdat'),
  m4a: ftyp('M4A ', 'mp42'),
  pdf: bytes('%PDF-1.7\n'),
  zip: bytes('PK\x03\x04\x14\0'),
  emptyZip: bytes('PK\x05\x06\0\0'),
  doc: bytes('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0'),
  webm: bytes('\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm\x42\x87'),
  matroska: bytes('\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x88matroska'),
  mp3: bytes('ID3\x04\0\0\0\0\0\0'),
  bareMp3: bytes('\xFF\xFB\x90\x64'),
  ogg: bytes('OggS\0\x02'),
  text: utf8('გამარჯობა, ჯამი <3'),
  csv: utf8('sku;price\n1;45.00\n'),
  html: utf8('<!DOCTYPE html><script>alert(1)</script>'),
  svg: utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  exe: bytes('MZ\x90\0\x03\0\0\0'),
  nothing: bytes(''),
};

const AGREE: Record<ContentType, readonly string[]> = {
  'image/jpeg': ['jpeg'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif', 'avifByGeneralBrand'],
  'image/heic': ['heic', 'avif', 'avifByGeneralBrand'],
  'image/heif': ['heic', 'avif', 'avifByGeneralBrand'],
  'application/pdf': ['pdf'],
  'text/plain': ['text', 'csv', 'nothing', 'pdf', 'bareMp3'],
  'text/csv': ['text', 'csv', 'nothing', 'pdf', 'bareMp3'],
  'application/zip': ['zip', 'emptyZip'],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['doc'],
  'application/vnd.ms-powerpoint': ['doc'],
  [DOCX]: ['zip', 'emptyZip'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['zip', 'emptyZip'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['zip', 'emptyZip'],
  'application/vnd.oasis.opendocument.text': ['zip', 'emptyZip'],
  'application/vnd.oasis.opendocument.spreadsheet': ['zip', 'emptyZip'],
  'application/vnd.oasis.opendocument.presentation': ['zip', 'emptyZip'],
  'video/mp4': ['mp4', 'mov', 'oldMov', 'm4a'],
  'video/webm': ['webm'],
  'video/quicktime': ['mp4', 'mov', 'oldMov', 'm4a'],
  'audio/mpeg': ['mp3', 'bareMp3'],
  'audio/mp4': ['mp4', 'mov', 'oldMov', 'm4a'],
  'audio/ogg': ['ogg'],
  'audio/webm': ['webm'],
  'audio/wav': ['wav'],
};

describe('first bytes', () => {
  it.each(Object.keys(CONTENT_TYPES) as ContentType[])(
    'declared %s agree only where they are that',
    (type) => {
      const agreeing = Object.keys(FILES).filter((name) => agrees(type, FILES[name] ?? bytes('')));
      expect(agreeing.toSorted()).toEqual(AGREE[type].toSorted());
    },
  );

  it.each([
    '<html>',
    '  \r\n\t<HTML lang="ka">',
    '\uFEFF<!doctype html>',
    '<script>alert(1)</script>',
    '<svg onload=alert(1)>',
    '<svg/onload=alert(1)>',
    '<?xml version="1.0"?>',
    '<!-- x --><html>',
    '<iframe src=x>',
    '<a href=x>',
    '<p',
    '<body>',
  ])('that begin as a page are no text: %s', (text) => {
    expect(agrees('text/plain', utf8(text))).toBe(false);
  });

  it.each(['<3 thank you', '<price> 45', 'a <b>bold</b> word', '< html >', '#include <stdio.h>'])(
    'that only have angle brackets are text: %s',
    (text) => {
      expect(agrees('text/plain', utf8(text))).toBe(true);
    },
  );

  it('of any kind are judged without a failure', () => {
    const types = Object.keys(CONTENT_TYPES) as ContentType[];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...types), (data, type) => {
        expect(typeof agrees(type, data)).toBe('boolean');
      }),
    );
  });

  it('with a zero among them are no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (a, b) => {
        expect(agrees('text/plain', new Uint8Array([...a, 0, ...b]))).toBe(false);
      }),
    );
  });
});
