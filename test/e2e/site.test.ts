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
