/** The bundles: small, self-contained, and left alone while nothing changes. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  readFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundleHandlers, HANDLERS, type BundleOf } from '../../lib/infra/bundle.ts';
import { nameIn, readLockFile } from '../../lib/supply/lock-file.ts';

const MAX_BYTES = 700 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), 'parley-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A project whose handlers are stand-ins; `broken` is left out. */
function makeProject(name: string, broken?: string): string {
  const root = path.join(folder, name);
  for (const handler of HANDLERS) {
    if (handler === broken) continue;
    const file = path.join(root, 'functions', `${handler}.ts`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `export const handler = (): string => '${handler}';`);
  }
  return root;
}

describe('the bundles of the real handlers', () => {
  let bundleOf: BundleOf;
  const packages = new Map<string, ReadonlySet<string>>();
  const root = path.resolve(import.meta.dirname, '../..');
  beforeAll(async () => {
    bundleOf = await bundleHandlers({
      root,
      out: path.join(folder, 'real'),
      onBundled: (handler, files) => {
        const foreign = files.filter((it) => it.includes('node_modules/')).map(nameIn);
        packages.set(handler, new Set(foreign));
      },
    });
  });

  it.each(HANDLERS)('hold of %s only packages that `dependencies` lead to', (handler) => {
    const shipped = readLockFile(path.join(root, 'package-lock.json')).filter((it) => it.isShipped);
    const found = [...(packages.get(handler) ?? [])];
    // every function logs
    expect(found).toContain('@aws-lambda-powertools/logger');
    const names = new Set(shipped.map(({ name }) => name));
    expect(found.filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(HANDLERS)('hold %s in at most 700 KB, as a handler', (handler) => {
    const folder = bundleOf(handler);
    const file = path.join(folder, 'index.mjs');
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${handler}: ${Math.round(bytes / 1024)} KB in ${sizes.length} files`);
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(readFileSync(file, 'utf8')).toMatch(/export\s*\{[^}]*\bhandler\b[^}]*\}/u);
  });
});

describe('bundling', () => {
  it('puts each handler into a folder of its own', async () => {
    const bundleOf = await bundleHandlers({
      root: makeProject('good'),
      out: path.join(folder, 'good-out'),
    });
    expect(bundleOf('socket/frame')).toBe(path.join(folder, 'good-out', 'socket-frame'));
    const loaded = await Promise.all(
      HANDLERS.map(async (it) => {
        const module: unknown = await import(path.join(bundleOf(it), 'index.mjs'));
        return (module as { handler: () => string }).handler();
      }),
    );
    expect(loaded).toEqual([...HANDLERS]);
  });

  it('leaves a file alone that has not changed, for another process may be reading it', async () => {
    const folders = { root: makeProject('twice'), out: path.join(folder, 'twice-out') };
    const file = path.join((await bundleHandlers(folders))('http/rooms'), 'index.mjs');
    const before = statSync(file);
    await bundleHandlers(folders);
    expect(statSync(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    writeFileSync(path.join(folders.root, 'functions/http/rooms.ts'), 'export const handler = 1;');
    await bundleHandlers(folders);
    expect(readFileSync(file, 'utf8')).toContain('1');
    expect(statSync(file).ino).not.toBe(before.ino);
  });

  it('names the handler whose file is missing', async () => {
    const folders = { root: makeProject('bad', 'http/rooms'), out: path.join(folder, 'bad-out') };
    await expect(bundleHandlers(folders)).rejects.toThrow(/functions\/http\/rooms\.ts/u);
  });
});
