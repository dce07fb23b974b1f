/** The token endpoint of docs/INTEGRATE.md, its view run on a Django that is played: every caller reads what it answers. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fetchSiteToken, SignedOutError } from '../../web/hosted/site-token.ts';
import { PYTHON, run, snippetsOf, whyNoPython } from '../support/snippets.ts';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;
/** A way to a token, over the endpoint behind `fetch`. */
type Caller = (fetch: Fetch) => Promise<string>;

const snippetsIn = (page: string) =>
  snippetsOf(readFileSync(path.resolve(import.meta.dirname, '../../docs', page), 'utf8'));
const TOKEN = 'a.b.c';
const noPython = await whyNoPython(['json']);

/** What the view needs of Django and of the shop. As in Django a GET is none, and a POST with no CSRF token is refused. */
const MODULES = {
  'django/http.py': `
class HttpResponse:
    def __init__(self, body="", content_type="text/html", status=200):
        self.body, self.content_type, self.status = body, content_type, status
class JsonResponse(HttpResponse):
    pass`,
  'django/views/decorators/cache.py': 'cache_control = lambda **_: lambda view: view',
  'django/views/decorators/csrf.py': `
def csrf_exempt(view):
    view.csrf_exempt = True
    return view`,
  'django/views/decorators/http.py': `
from functools import wraps
from django.http import HttpResponse
def require_POST(view):
    @wraps(view)
    def checked(request):
        return view(request) if request.method == "POST" else HttpResponse(status=405)
    return checked`,
  'shops.py': 'shop_of = lambda user: None',
  'chat_tokens.py': `token_for = lambda user, shop: ${JSON.stringify(TOKEN)}\nkey_set = dict`,
  'ask.py': `
import json, sys
from types import SimpleNamespace as Row
from django.http import HttpResponse
import views
method, is_signed_in = json.loads(sys.argv[1])
view = views.chat_token
is_let_in = method == "GET" or getattr(view, "csrf_exempt", False)
request = Row(method=method, user=Row(is_authenticated=is_signed_in))
answer = view(request) if is_let_in else HttpResponse(status=403)
print(json.dumps([answer.body, answer.status, answer.content_type]))`,
};

let cwd: string;

beforeAll(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'parley-views-'));
  const views = snippetsIn('INTEGRATE.md').find(({ words }) => words[0] === 'views');
  for (const [name, code] of Object.entries({ ...MODULES, 'views.py': views?.code ?? '' })) {
    const file = path.join(cwd, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** The view as an endpoint, asked by somebody who is signed in or not. */
const endpoint =
  (isSignedIn: boolean): Fetch =>
  async (_, { method = 'GET' }) => {
    const asked = JSON.stringify([method, isSignedIn]);
    const { output, errors } = await run([PYTHON, 'ask.py', asked], { cwd });
    expect(errors).toBe('');
    const [body, status, type] = JSON.parse(output) as [string, number, string];
    return new Response(body, { status, headers: { 'content-type': type } });
  };

/** The function of docs/REACT.md, without its types. */
const fromReact: Caller = (fetch) => {
  const code = snippetsIn('REACT.md').find((it) => it.code.includes('fetchChatToken()'))?.code;
  const source = code?.slice(code.indexOf('async function fetchChatToken')) ?? '';
  const { code: script } = transformSync(`${source}\nfetchChatToken();`, { loader: 'ts' });
  return runInNewContext(script, { fetch }) as Promise<string>;
};

/** The `tokenProvider` that the page of docs/WIDGET.md sets. */
const fromWidget: Caller = (fetch) => {
  const code = snippetsIn('WIDGET.md').find((it) => it.code.includes('tokenProvider ='))?.code;
  const chat: { tokenProvider?: () => Promise<string> } = {};
  runInNewContext(code ?? '', { fetch, document: { querySelector: () => chat } });
  return chat.tokenProvider?.() ?? Promise.reject(new Error('No tokenProvider is set.'));
};

const fromSite: Caller = (fetch) => fetchSiteToken('https://shop.example/chat-token', fetch);

describe.skipIf(noPython !== undefined)('the token endpoint', () => {
  it.each([
    ['docs/REACT.md', fromReact],
    ['docs/WIDGET.md', fromWidget],
    ['the site', fromSite],
  ])('answers %s with the token', async (_, ask) => {
    expect(await ask(endpoint(true))).toBe(TOKEN);
  });

  it.each([
    ['docs/REACT.md', fromReact],
    ['docs/WIDGET.md', fromWidget],
  ])('brings no token to %s while nobody is signed in', async (_, ask) => {
    expect(await ask(endpoint(false))).toBe('');
  });

  it('tells the site that nobody is signed in', async () => {
    await expect(fromSite(endpoint(false))).rejects.toBeInstanceOf(SignedOutError);
  });

  it('takes no GET', async () => {
    expect((await endpoint(true)('/chat-token', { method: 'GET' })).status).toBe(405);
  });
});

describe('a caller', () => {
  it.each([
    ['docs/REACT.md', fromReact],
    ['docs/WIDGET.md', fromWidget],
    ['the site', fromSite],
  ])('%s takes no failure for a token', async (_, ask) => {
    await expect(ask(async () => new Response(TOKEN, { status: 500 }))).rejects.toThrow('No token');
  });
});
