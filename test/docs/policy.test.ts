/** The policy of docs/WIDGET.md lets in what the widget asks for; test/e2e/widget-embedded.test.ts chats under it. */
import { describe, expect, it } from 'vitest';

import { bucketOf, policyFor } from '../support/embedding-site.ts';

const API = 'http://localhost:1';
const BUCKET = bucketOf(API);
const directives = new Map(
  policyFor({ url: API })
    .split('; ')
    .map((it): [string, string[]] => {
      const [name = '', ...sources] = it.split(' ');
      return [name, sources];
    }),
);

describe('the policy of docs/WIDGET.md', () => {
  it('refuses what it does not name', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect([...directives.values()].flat().filter((it) => it.includes('unsafe'))).toEqual([]);
  });

  it.each([
    ['connect-src', "'self'", 'tokens'],
    ['connect-src', API, 'the API'],
    ['connect-src', 'ws://localhost:1', 'the socket'],
    ['connect-src', BUCKET, 'files on their way'],
    ['img-src', "'self'", 'pictures of products'],
    ['img-src', 'blob:', 'pictures on their way'],
    ['img-src', BUCKET, 'pictures out of the bucket'],
  ])('has in %s %s, for %s', (name, source) => {
    expect(directives.get(name)).toContain(source);
  });
});
