/** The site as it is hosted, in real Chromium: its policy holds, nobody frames it, and any page may load its widget. */
import http from 'node:http';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { portOf } from '../../lib/local/server.ts';
import { collectErrors, startBrowser } from '../support/browser.ts';
import type { LocalServer } from '../support/server.ts';
import { startWarmServer } from '../support/warm-server.ts';
import { Windows } from './people.ts';

let server: LocalServer;
let browser: Browser;
const windows = new Windows();
const others: http.Server[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startWarmServer(), startBrowser()]);
});
afterEach(async () => {
  await windows.close();
  for (const other of others.splice(0)) other.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of somebody else's, on another origin. */
async function openElsewhere(html: string): Promise<{ page: Page; errors: string[] }> {
  const site = http.createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.writeHead(request.url === '/' ? 200 : 204).end(`<!doctype html>${html}`);
  });
  others.push(site);
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const page = await windows.open(browser, 'about:blank');
  const errors = collectErrors(page);
  await page.goto(`http://127.0.0.1:${portOf(site)}/`);
  return { page, errors };
}

/** On everything that the site sends. */
const HEADERS = {
  'content-security-policy': expect.stringMatching(
    /^default-src 'none'; script-src 'self'; style-src 'self';/u,
  ),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringMatching(/camera=\(\).*microphone=\(\)/u),
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

describe('the headers of the site', () => {
  /** The first thing that the shop's page or the widget names. */
  const partOf = async (path: string, pattern: RegExp) =>
    pattern.exec(await (await fetch(`${server.url}${path}`)).text())?.[0] ?? 'none';

  it.each<[string, number, string, () => string | Promise<string>]>([
    ['the shop', 200, 'same-origin', () => '/'],
    ['the inbox', 200, 'same-origin', () => '/inbox'],
    ['the chat', 200, 'same-origin', () => '/chat'],
    ['a page that is not there', 404, 'same-origin', () => '/no/such/page'],
    ['a script', 200, 'same-origin', () => partOf('/', /\/assets\/[\w./-]+\.js/u)],
    ['styles', 200, 'same-origin', () => partOf('/', /\/assets\/[\w./-]+\.css/u)],
    ['a part that is not there', 404, 'same-origin', () => '/assets/none.js'],
    ['the settings', 200, 'same-origin', () => '/config.json'],
    ['the widget', 200, 'cross-origin', () => '/widget/widget.js'],
    ['a refused method', 403, 'same-origin', () => '/'],
  ])('stand on %s', async (name, status, resourcePolicy, path) => {
    const method = name === 'a refused method' ? 'POST' : 'GET';
    const response = await fetch(`${server.url}${await path()}`, { method });
    await response.text();
    expect(response.status).toBe(status);
    const said = Object.fromEntries(response.headers);
    expect(said).toMatchObject({ ...HEADERS, 'cross-origin-resource-policy': resourcePolicy });
    expect(said['content-security-policy']).not.toContain('unsafe');
    expect(said).not.toHaveProperty('server');
    expect(said).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the policy of the site', () => {
  it.each([
    ['the shop', '/?as=nino'],
    ['a page of the shop', '/product/blue-bowl?as=nino'],
    ['all conversations', '/chat?as=nino'],
    ['the inbox', '/inbox?as=ana'],
    ['a page that is not there', '/no/such/page'],
  ])('is broken nowhere in %s, styles set by scripts among them', async (_, path) => {
    const page = await windows.open(browser, 'about:blank');
    await page.addInitScript({
      content: `addEventListener('securitypolicyviolation', (event) =>
        (window.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI));`,
    });
    await page.goto(`${server.url}${path}`);
    await page.locator('main').first().waitFor();
    const styled = () => page.evaluate('document.querySelectorAll("[style]").length');
    // a style in the text of an element would be refused, one that a script sets is not
    await page.evaluate('document.body.style.setProperty("--probe", "1")');
    expect(await styled()).toBeGreaterThan(0);
    expect(await page.evaluate('window.violations ?? []')).toEqual([]);
    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("style"), { textContent: "a{}" }))',
    );
    await expect
      .poll(() => page.evaluate('window.violations ?? []'))
      .toEqual(['style-src-elem inline']);
  });
});

describe('the hosted site', () => {
  it('is refused in a frame, the inbox as the shop', async () => {
    const { page, errors } = await openElsewhere(
      `<iframe src="${server.url}/inbox"></iframe><iframe src="${server.url}/"></iframe>`,
    );
    await expect.poll(() => errors.filter((it) => it.includes('frame-ancestors')).length).toBe(2);
    const texts = page.frames().map((frame) => frame.evaluate(() => document.body.innerText));
    expect((await Promise.all(texts)).join('').trim()).not.toMatch(/Bazari|Conversations/u);
  });

  it('runs nothing that slipped into it', async () => {
    const page = await windows.open(browser, `${server.url}/?as=nino`);
    await page.getByRole('main').waitFor();
    const ran = await page.evaluate(async () => {
      const inline = document.createElement('script');
      const attempts = [
        () => (inline.textContent = 'window.slipped = 1'),
        () => (document.body.innerHTML += '<img src="x" onerror="window.slipped = 2">'),
        // oxlint-disable-next-line no-implied-eval -- the very thing that must not work
        () => setTimeout('window.slipped = 3'),
        () => document.body.setAttribute('onclick', 'window.slipped = 4'),
      ];
      const refused = attempts.filter((attempt) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      });
      document.body.append(inline);
      document.body.click();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { refused: refused.length, slipped: 'slipped' in window };
    });
    expect(ran.slipped).toBe(false);
    // Trusted Types refuse the texts themselves, before the policy has to refuse what is in them.
    expect(ran.refused).toBeGreaterThanOrEqual(3);
  });

  it('talks to nobody but its own', async () => {
    const page = await windows.open(browser, `${server.url}/?as=nino`);
    const asked: string[] = [];
    const other = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('{}');
    });
    others.push(other);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const sent = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'sent',
          () => 'refused',
        ),
      `http://127.0.0.1:${portOf(other)}/secrets`,
    );
    expect(sent).toBe('refused');
    expect(asked).toEqual([]);
  });

  it('lends its widget to a page of another origin, with its parts', async () => {
    const { page, errors } = await openElsewhere(
      `<parley-chat api="${server.url}/v1" socket="${server.url.replace('http', 'ws')}/ws" vendor="7"
        vendor-name="Tbilisi Ceramics"></parley-chat>
       <script type="module" src="${server.url}/widget/widget.js"></script>`,
    );
    await page.getByRole('button', { name: /^Open the chat/u }).click();
    await page.getByRole('dialog', { name: 'Tbilisi Ceramics' }).waitFor();
    expect(errors.filter((it) => /blocked|policy|CORS/iu.test(it))).toEqual([]);
  });

  it('keeps its own parts to itself', async () => {
    const answer = await fetch(`${server.url}/`);
    const script = /src="(\/assets\/[^"]+\.js)"/u.exec(await answer.text())?.[1];
    const { page } = await openElsewhere('<title>Elsewhere</title>');
    // as text: the test runner writes imports anew
    const load = (address: string): Promise<string> =>
      page.evaluate(`import(${JSON.stringify(address)}).then(() => 'loaded', () => 'refused')`);
    expect(await load(`${server.url}${script}`)).toBe('refused');
    expect(await load(`${server.url}/widget/widget.js`)).toBe('loaded');
  });

  it('says in words that an address leads nowhere, and by its status', async () => {
    const page = await windows.open(browser, 'about:blank');
    const answer = await page.goto(`${server.url}/no/such/page`);
    expect(answer?.status()).toBe(404);
    await expect.poll(() => page.locator('main').innerText()).toMatch(/\w{3}/u);
  });
});
