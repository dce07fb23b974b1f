/** The React components as they are published, and a page of a storefront made with them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { build } from 'esbuild';

import type * as Parley from '../../web/react/parley.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const SHOP = path.join(root, 'test/support/react-shop');

/** A built package in a folder of its own. */
export interface ReactBuild {
  readonly files: ReadonlyMap<string, string>;
  /** The package as a server imports it. */
  readonly load: () => Promise<typeof Parley>;
  /** The page's scripts and styles by their paths, with React's own checks: `/client.js`, `/client.css` … */
  readonly bundlePage: () => Promise<Map<string, string>>;
  readonly remove: () => Promise<void>;
}

/** Builds it in a process of its own: the test runner's environment would make it a development build. */
export async function buildReact(): Promise<ReactBuild> {
  // inside the project, so that a server finds React
  await mkdir(path.join(root, 'build'), { recursive: true });
  const folder = await mkdtemp(path.join(root, 'build/react-test-'));
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const config = path.join(root, 'web/react/vite.config.ts');
  await run(process.execPath, [vite, 'build', '-c', config, '--outDir', folder], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const read = async (name: string) =>
    [name, await readFile(path.join(folder, name), 'utf8')] as const;
  return {
    files: new Map(await Promise.all(names.map(read))),
    load: () => import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'parley.js')).href),
    bundlePage: () => bundlePage(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function bundlePage(folder: string): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(SHOP, 'client.tsx')],
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    jsxDev: true,
    outdir: '/',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [
      {
        name: 'published',
        setup: (bundler) => {
          // what a storefront imports is the build, not the source
          // oxlint-disable-next-line eslint/require-unicode-regexp -- it becomes one of Go
          bundler.onResolve({ filter: /\/parley\.(?:ts|css)$/ }, ({ path: wanted }) => ({
            path: path.join(folder, path.basename(wanted).replace('.ts', '.js')),
          }));
        },
      },
    ],
  });
  return new Map(outputFiles.map((file) => [file.path, file.text]));
}
