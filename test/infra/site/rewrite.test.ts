/** The function before the site, run as the local runtime runs it: which addresses are pages of the app. */
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { loadRequestFunction } from '../../../lib/local/site/request-function.ts';

const code = readFileSync('lib/infra/site/rewrite.js', 'utf8');
const rewrite = loadRequestFunction(code, 'Rewrite');
const uriOf = (uri: string) => rewrite({ method: 'GET', uri, headers: {} });
const goesTo = (uri: string) => ({ kind: 'request', uri });

describe('the addresses of pages', () => {
  it.each([
    '/',
    '/product/blue-bowl',
    '/product/blue-bowl/',
    '/product/%E1%83%97%E1%83%90%E1%83%A1%E1%83%98',
    '/chat',
    '/chat/',
    '/chat/d-7Zk1',
    '/inbox',
    '/inbox/d-7Zk1',
    '/inbox/settings',
    '/inbox/settings/replies',
  ])('%s is answered by the one page', (uri) => {
    expect(uriOf(uri)).toEqual(goesTo('/index.html'));
  });

  it.each([
    '/index.html',
    '/config.json',
    '/favicon.svg',
    '/products/blue-bowl/1.svg',
    '/product',
    '/chats',
    '/inboxes',
    '/assets/index-abcdefgh.js',
    '/widget/widget.js',
    '/nothing',
    '/chat/d-1/more',
    '//chat',
    '/x/chat',
  ])('%s stays what it is', (uri) => {
    expect(uriOf(uri)).toEqual(goesTo(uri));
  });
});
