/** A shop's page on another origin, with the published widget in it: what the page says of itself is up to the test. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';

import type { LocalServer } from './server.ts';
import { snippetsOf } from './snippets.ts';
import { buildWidget } from './widget-build.ts';

/** One widget of a page: its attributes beside the addresses, which every one has. */
export type WidgetAttributes = Readonly<Record<string, string>>;

export interface EmbeddingSite {
  readonly url: string;
  /** Puts widgets on the page, with more of the page before them. */
  readonly show: (widgets: readonly WidgetAttributes[], before?: string) => void;
  /** What the page's own script does before `widget.js` is there. */
  readonly run: (script: string) => void;
  readonly stop: () => void;
}

/** Builds the widget, and serves it under the policy of docs/WIDGET.md: nothing inline, nothing evaluated, and nothing from elsewhere but the chat. */
export async function startEmbeddingSite(server: LocalServer): Promise<EmbeddingSite> {
  const pages = new Map<string, string>();
  for (const [name, code] of await buildWidget()) pages.set(`/${name}`, code);
  const site = http.createServer((request, response) => {
    const url = request.url?.split('?')[0] ?? '/';
    const body = pages.get(url);
    response.setHeader('content-type', typeOf(url));
    if (url === '/') response.setHeader('content-security-policy', policyFor(server));
    response.writeHead(body === undefined ? 204 : 200).end(body);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    show: (widgets, before = '') => {
      pages.set('/', pageOf(server, widgets, before));
    },
    run: (script) => {
      pages.set('/page.js', script);
    },
    stop: () => {
      site.close();
    },
  };
}

function typeOf(url: string): string {
  if (url === '/') return 'text/html; charset=utf-8';
  return 'text/javascript; charset=utf-8';
}

const GUIDE = path.resolve(import.meta.dirname, '../../docs/WIDGET.md');

/** The guide's, with the server's addresses instead of a deployment's. */
export function policyFor({ url }: Pick<LocalServer, 'url'>): string {
  const policy = snippetsOf(readFileSync(GUIDE, 'utf8')).find(({ language }) => language === 'csp');
  if (policy === undefined) throw new Error('docs/WIDGET.md shows no policy.');
  return policy.code
    .replaceAll(/https:\/\/bucket\.[^\s;]+/gu, bucketOf(url))
    .replaceAll(/https:[^\s;]+/gu, url)
    .replaceAll(/wss:[^\s;]+/gu, url.replace('http', 'ws'))
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** The bucket's origin beside a server's: its address is in figures, where S3 has a name of its own. */
export function bucketOf(url: string): string {
  return url.replace('localhost', '127.0.0.1');
}

function pageOf(server: LocalServer, widgets: readonly WidgetAttributes[], before: string): string {
  const addresses = {
    api: `${server.url}/v1`,
    socket: `${server.url.replace('http', 'ws')}/ws`,
  };
  const elements = widgets.map((widget) => {
    const attributes = Object.entries({ ...addresses, ...widget });
    const texts = attributes.map(([name, text]) => `${name}="${escapeHtml(text)}"`);
    return `<parley-chat ${texts.join(' ')}></parley-chat>`;
  });
  return `<!doctype html><html lang="en">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Shop</title><body>${before}${elements.join('')}
    <script type="module" src="/page.js"></script><script type="module" src="/widget.js"></script>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
