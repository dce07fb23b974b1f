/** The types of files: what is let through, by which names, and what never is. */
import { describe, expect, it } from 'vitest';

import { CONTENT_TYPES, isImageType, toContentType } from '#protocol/attachments/content-types.ts';

describe('a declared type', () => {
  it.each(Object.keys(CONTENT_TYPES))('%s passes, as it is', (type) => {
    expect(toContentType(type)).toBe(type);
  });

  it.each([
    ['IMAGE/PNG', 'image/png'],
    [' image/png ', 'image/png'],
    ['text/plain;charset=utf-8', 'text/plain'],
    ['audio/ogg; codecs=opus', 'audio/ogg'],
    ['image/jpg', 'image/jpeg'],
    ['application/x-zip-compressed', 'application/zip'],
  ])('%s passes as %s', (declared, type) => {
    expect(toContentType(declared)).toBe(type);
  });

  it.each([
    'text/html',
    'TEXT/HTML',
    'application/xhtml+xml',
    'image/svg+xml',
    'text/xml',
    'application/xml',
    'text/javascript',
    'application/javascript',
    'application/octet-stream',
    'application/x-msdownload',
    'text/html;image/png',
    'image/',
    '',
    ';',
    'toString',
    '__proto__',
    'constructor',
    'image/png,text/html',
  ])('%s does not pass', (declared) => {
    expect(toContentType(declared)).toBeNull();
  });

  it('is a picture only where it is one of ours', () => {
    expect(isImageType('image/webp')).toBe(true);
    expect(isImageType('image/svg+xml')).toBe(false);
    expect(isImageType('application/pdf')).toBe(false);
  });
});
