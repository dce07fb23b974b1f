/** Which addresses of a text become links, and that nothing of the text is lost on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { splitLinks } from '../../../../web/ui/text/links.ts';

const linksOf = (text: string) =>
  splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));

describe('splitLinks', () => {
  it.each([
    ['see https://example.com/a?b=1#c now', ['https://example.com/a?b=1#c']],
    ['HTTP://EXAMPLE.COM', ['HTTP://EXAMPLE.COM']],
    ['two: https://a.ge and http://b.ge/x', ['https://a.ge', 'http://b.ge/x']],
    ['at the end: https://a.ge/x.', ['https://a.ge/x']],
    ['really? https://a.ge/x?!', ['https://a.ge/x']],
    ['(see https://a.ge/x).', ['https://a.ge/x']],
    ['https://ka.wikipedia.org/wiki/A_(b)', ['https://ka.wikipedia.org/wiki/A_(b)']],
    ['«https://a.ge/x»', ['https://a.ge/x']],
    ['https://ბაზარი.გე/თასი', ['https://ბაზარი.გე/თასი']],
  ])('finds the addresses of %j', (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://example.com/file',
    'https://',
    'https://bank.ge@evil.example/login',
    'https://user:secret@example.com',
    'www.example.com',
    'nothing here',
    '',
  ])('makes no link of %j', (text) => {
    expect(linksOf(text)).toEqual([]);
  });

  it('keeps every character of every text, in order', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('https://a.ge', 'http://', '(', ')', '. ', '"', '<b>', 'https://a.ge/(x)'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('links to http and https only, whatever the text', () => {
    const scheme = fc.constantFrom('javascript:', 'https://', 'http://', 'HTTPS://x', '@', ' ');
    fc.assert(
      fc.property(fc.array(fc.oneof(scheme, fc.string())), (pieces) => {
        for (const href of linksOf(pieces.join(' '))) {
          expect(new URL(href).protocol).toMatch(/^https?:$/u);
        }
      }),
    );
  });
});
