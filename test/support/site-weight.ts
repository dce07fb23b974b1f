/** What a page of the built site weighs on the wire until it can be used: the files of its static graph, by the bundler's manifest. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { MANIFEST } from '../../lib/site/build.ts';

/** A page: its document, and the modules that it loads by itself before anybody touches it. Paths are those of `web`. */
export interface SitePage {
  readonly name: string;
  readonly modules: readonly string[];
}

/** The pages with a budget, in one language. */
export const PAGES = {
  inbox: {
    name: '/inbox, a marketplace’s',
    modules: ['hosted/HostedInbox.tsx', 'words/en/inbox.ts', 'words/en/notify.ts'],
  },
  chat: {
    name: '/chat, a marketplace’s',
    modules: [
      'hosted/HostedChat.tsx',
      'react/page/ChatPageView.tsx',
      'words/en/customer.ts',
      'words/en/notify.ts',
      'words/en/page.ts',
    ],
  },
  shop: { name: '/, the demo shop', modules: ['demo/ShopDemo.tsx', 'words/en/shop.ts'] },
} as const satisfies Record<string, SitePage>;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/**
 * The page's files with their sizes in bytes, gzipped.
 * @throws Error naming a module that the build does not have as a part of its own
 */
export function weighPage(folder: string, { modules }: SitePage): ReadonlyMap<string, number> {
  const manifest = JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8')) as Record<
    string,
    Chunk
  >;
  const files = new Set(['index.html']);
  const seen = new Set<string>();
  const waiting = ['index.html', ...modules];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk)
      throw new Error(
        `${name} is no part of the build: has it moved, or is it in another one now?`,
      );
    if (chunk.file.endsWith('.js')) files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    waiting.push(...(chunk.imports ?? []));
  }
  return new Map([...files].map((file) => [file, weigh(path.join(folder, file))]));
}

/** All of them together. */
export function totalOf(weights: ReadonlyMap<string, number>): number {
  return [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function weigh(file: string): number {
  return gzipSync(readFileSync(file)).length;
}
