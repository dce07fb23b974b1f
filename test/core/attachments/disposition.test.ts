/** The header that says how a file is shown and saved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contentDisposition } from '#core/attachments/disposition.ts';
import { cleanName } from '#core/attachments/names.ts';
import { CONTENT_TYPES, isImageType } from '#protocol/attachments/content-types.ts';

describe('the disposition', () => {
  it.each(Object.keys(CONTENT_TYPES))('of %s is inline only for pictures made of dots', (type) => {
    const kind = isImageType(type) ? 'inline' : 'attachment';
    expect(contentDisposition(type, 'a')).toBe(`${kind}; filename="a"`);
  });

  it.each(['text/html', 'image/svg+xml', 'application/xml', '', 'IMAGE/PNG'])(
    'of %j is never inline',
    (type) => {
      expect(contentDisposition(type, 'a')).toBe('attachment; filename="a"');
    },
  );

  it.each([
    ['my bill.pdf', 'attachment; filename="my bill.pdf"'],
    ['ჯ.pdf', `attachment; filename="_.pdf"; filename*=UTF-8''%E1%83%AF.pdf`],
    [`a'(b)*.pdf`, `attachment; filename="a'(b)*.pdf"`],
    [
      `ა'(b)*!.pdf`,
      `attachment; filename="_'(b)*!.pdf"; filename*=UTF-8''%E1%83%90%27%28b%29%2A!.pdf`,
    ],
    ['100%.pdf', `attachment; filename="100_.pdf"; filename*=UTF-8''100%25.pdf`],
    ['a"b\\c.pdf', `attachment; filename="a_b_c.pdf"; filename*=UTF-8''a%22b%5Cc.pdf`],
  ])('names %s', (name, header) => {
    expect(contentDisposition('application/pdf', name)).toBe(header);
  });

  it('is one line of ASCII, short enough for a header, and gives the name back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
        const name = cleanName(raw);
        const header = contentDisposition('text/plain', name);
        expect(header).toMatch(/^[\x20-\x7E]+$/u);
        expect(header.length).toBeLessThan(4_000);
        const encoded = /filename\*=UTF-8''([\w!#$&+\-.^`|~%]*)$/u.exec(header)?.[1];
        const plain = /filename="([^"\\]*)"/u.exec(header)?.[1];
        expect(encoded === undefined ? plain : decodeURIComponent(encoded)).toBe(name);
      }),
    );
  });
});
