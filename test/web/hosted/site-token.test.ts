/** The token of whoever is signed in at the marketplace. */
import { describe, expect, it } from 'vitest';

import { fetchSiteToken, SignedOutError } from '../../../web/hosted/site-token.ts';

const URL = 'https://shop.example/chat-token';
const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status });

describe('fetchSiteToken', () => {
  it('asks with the visitor’s cookies', async () => {
    const asked: [string, RequestInit][] = [];
    await fetchSiteToken(URL, async (...of) => {
      asked.push(of);
      return new Response('a.b.c');
    });
    expect(asked).toEqual([[URL, { method: 'POST', credentials: 'include' }]]);
  });

  it.each(['a.b.c', ' a.b.c\n', '{"token":"a.b.c"}'])('takes %j', async (body) => {
    expect(await fetchSiteToken(URL, answering(body))).toBe('a.b.c');
  });

  it.each([401, 403])('knows by %d that nobody is signed in', async (status) => {
    await expect(fetchSiteToken(URL, answering('', status))).rejects.toBeInstanceOf(SignedOutError);
  });

  it.each([
    ['a page', '<!doctype html>', 200],
    ['an empty answer', '', 200],
    ['another object', '{"jwt":"a.b.c"}', 200],
    ['a token that is none', '{"token":7}', 200],
    ['broken JSON', '{"token":', 200],
    ['a failure', 'a.b.c', 500],
  ])('takes no token from %s', async (_, body, status) => {
    const failure = fetchSiteToken(URL, answering(body, status));
    await expect(failure).rejects.toThrow(/^No token from /u);
    await expect(failure).rejects.not.toBeInstanceOf(SignedOutError);
  });
});
