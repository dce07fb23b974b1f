/** The elements' types for a storefront in TypeScript: they compile where nothing else of Parley is, and are the elements' own. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';

import type { ErrorCode } from '#protocol/errors.ts';
import type { Message, Product } from '#protocol/message.ts';

import type { ParleyChat, TokenProvider } from '../../../web/widget/chat-element.ts';
import type { WidgetEvents } from '../../../web/widget/events.ts';
import type * as copied from '../../../web/widget/jsx.ts';
import { snippetsOf } from '../../support/snippets.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const page = readFileSync(path.join(root, 'docs/WIDGET.md'), 'utf8');

/** What the guide shows, with what it takes for granted. */
const GUIDE = `import type { Product } from './jsx.ts';
declare const product: Product;
declare const fetchToken: () => Promise<string>;
declare const setUnread: (count: number) => void;
export const chat = (
${snippetsOf(page).find(({ language }) => language === 'tsx')?.code}
);
`;

/** All that may be said, each once. */
const EVERYTHING = `import { useRef } from 'react';
import type { ParleyChatElement } from './jsx.ts';

const product = { id: 'a', title: 'A', url: 'https://a.example/', image: 'https://a.example/a.png', price: '4.50', currency: 'GEL' };

export function Page() {
  const chat = useRef<ParleyChatElement>(null);
  return (
    <main onClick={() => chat.current?.showNewMessage('Hello')}>
      <parley-button key="a" id="b" for="c" vendor="7" vendorName="A" product={product}
        theme="dark" accent="#0b6e4f" locale="de-AT" className="wide">Ask</parley-button>
      <parley-button />
      <parley-chat ref={chat} key="c" id="c" api="https://a.example/v1" socket="wss://a.example"
        vendor="7" vendorName="A" product={product} position="start" offset="24 80"
        theme="auto" accent="#fff" locale="ka" dir="rtl" greeting="Hello" lazy={false} launcher="none"
        tokenProvider={async () => 'a.b.c'}
        onparley:ready={() => chat.current?.open()}
        onparley:open={({ detail }) => detail satisfies null}
        onparley:close={({ detail }) => detail satisfies null}
        onparley:message={({ detail }) => [detail.isMine, detail.message.sender?.member]}
        onparley:unread={({ detail }) => detail.count.toFixed()}
        onparley:error={({ detail }) => [detail.code satisfies string, detail.message]} />
    </main>
  );
}
`;

let folder: string;
beforeAll(() => {
  // inside the project, so that React's types are found; a package of its own, so that nothing else is
  mkdirSync(path.join(root, 'build'), { recursive: true });
  folder = mkdtempSync(path.join(root, 'build/jsx-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  copyFileSync(path.join(root, 'web/widget/jsx.ts'), path.join(folder, 'jsx.ts'));
  const compilerOptions = { types: [] };
  const config = { extends: '../../tsconfig.json', include: ['.'], compilerOptions };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of a page beside the copy; empty where it has nothing to say. */
async function check(code: string): Promise<string> {
  writeFileSync(path.join(folder, 'Page.tsx'), code);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [tsc, '-p', folder, '--noEmit'], { cwd: root });
    return '';
  } catch (failure) {
    const { stdout, stderr }: { stdout?: string; stderr?: string } = Object(failure);
    return `${stdout}${stderr}`;
  }
}

/** The names in the first column of the table under a heading of the guide. */
const namesUnder = (heading: string) => {
  const table = page
    .split(heading)[1]
    ?.split('\n\n')
    .find((part) => part.startsWith('| '));
  const cells =
    table
      ?.split('\n')
      .slice(2)
      .map((row) => row.split('|')[1] ?? '') ?? [];
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name));
};

describe('the copied file', () => {
  it.each([
    ['what docs/WIDGET.md shows', GUIDE],
    ['everything at once', EVERYTHING],
  ])('takes %s', { timeout: 60_000 }, async (_, code) => {
    expect(await check(code)).toBe('');
  });

  it('is tried with every attribute and event of the guide', () => {
    const attributes = namesUnder('## Attributes').map((name) =>
      name.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase()),
    );
    const names = [...attributes, ...namesUnder('## Commands').map((name) => `on${name}`)];
    expect(names.length).toBeGreaterThan(18);
    const chat = EVERYTHING.split('<parley-chat')[1] ?? '';
    expect(names.filter((name) => !chat.includes(` ${name}=`))).toEqual([]);
  });

  it.each([
    ['<parley-chat api="https://a.example/v1" />', 'socket'],
    ['<parley-button theme="pink" />', 'pink'],
  ])('refuses %s', { timeout: 60_000 }, async (code, why) => {
    expect(await check(`export const page = ${code};`)).toContain(why);
  });
});

describe('the types', () => {
  it('are those of the protocol and of the elements', () => {
    type Own<Element> = Omit<Element, keyof HTMLElement | `${string}Callback`>;
    expectTypeOf<copied.Product>().toEqualTypeOf<Product>();
    expectTypeOf<copied.Message>().toEqualTypeOf<Message>();
    expectTypeOf<copied.ErrorCode>().toEqualTypeOf<ErrorCode>();
    expectTypeOf<copied.WidgetEvents>().toEqualTypeOf<WidgetEvents>();
    expectTypeOf<copied.TokenProvider>().toEqualTypeOf<TokenProvider>();
    expectTypeOf<Own<copied.ParleyChatElement>>().toEqualTypeOf<Own<ParleyChat>>();
  });
});
