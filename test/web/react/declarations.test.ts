/** A storefront in TypeScript on the published types: in a folder far from this project, with React's types and nothing else. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { writeDeclarations } from '../../../web/react/declarations.ts';

const run = promisify(execFile);
const packages = path.resolve(import.meta.dirname, '../../../node_modules');

/** What must compile, and behind `@ts-expect-error` what must not: a type that was lost would let it pass. */
const STOREFRONT = `
import { ChatButton, ChatProvider, useChat, useMessages, useRooms } from './parley/parley.js';

export function Shop() {
  return (
    <ChatProvider api="https://a/v1" socket="wss://a" user="42" token={async () => 'jwt'}>
      <ChatButton vendorId="7" product={{ id: '1', title: 'Bowl', url: 'https://a/1' }} />
      {/* @ts-expect-error -- an id is a text */}
      <ChatButton vendorId={7} />
      {/* @ts-expect-error -- a product has a title */}
      <ChatButton vendorId="7" product={{ id: '1' }} />
      <Page />
    </ChatProvider>
  );
}

function Page() {
  const { rooms } = useRooms('all');
  const { messages, send } = useMessages(rooms[0]?.roomId ?? null);
  const text: string | null = messages[0]?.text ?? null;
  // @ts-expect-error -- a status is open or closed
  const isGone = rooms[0]?.status === 'gone';
  // @ts-expect-error -- a text is no number
  const length: number = messages[0]?.text;
  useChat().on('message', ({ message }) => message.seq.toFixed());
  return <button onClick={() => send('hello')}>{[text, isGone, length].join()}</button>;
}
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'storefront-'));
  await mkdir(path.join(folder, 'node_modules/@types'), { recursive: true });
  await symlink(
    path.join(packages, '@types/react'),
    path.join(folder, 'node_modules/@types/react'),
  );
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(path.join(folder, 'Shop.tsx'), STOREFRONT);
  await mkdir(path.join(folder, 'parley'));
  await writeDeclarations(path.join(folder, 'parley'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the published types', () => {
  it.each(['bundler', 'nodenext'])(
    'serve a strict storefront that has no other package (%s)',
    async (moduleResolution) => {
      const options = {
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        target: 'es2024',
        lib: ['es2024', 'dom', 'dom.iterable'],
        module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution,
        jsx: 'react-jsx',
        types: [],
      };
      const config = path.join(folder, `${moduleResolution}.json`);
      const project = { compilerOptions: options, files: ['Shop.tsx'] };
      await writeFile(config, JSON.stringify(project));
      const compiler = path.join(packages, 'typescript/bin/tsc');
      const { stdout } = await run(process.execPath, [compiler, '-p', config]).catch(
        (error: { stdout: string }) => error,
      );
      expect(stdout).toBe('');
    },
    60_000,
  );

  it('name neither our short names nor our styles', async () => {
    const names = await readdir(path.join(folder, 'parley'), { recursive: true });
    const files = names.filter((name) => name.endsWith('.d.ts') && !name.includes('types/zod/'));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      const text = await readFile(path.join(folder, 'parley', name), 'utf8');
      expect(text).not.toMatch(/(?:from|import\() ?["'](?:#|[^"']+\.(?:css|tsx?)["'])/u);
    }
  });
});
