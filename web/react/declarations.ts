/** The types of the React components for a storefront in TypeScript: `parley.d.ts` and what it names, with nothing to install. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Plugin } from 'vite';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');
const PACKAGES = path.join(ROOT, 'node_modules');
const ENTRY = 'web/react/parley.d.ts';
/** In the built folder, beside the parts. */
const TYPES = 'types';

/** Where the project's own short names lead, as in `package.json`. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '#client/': 'lib/client/',
  '#protocol/': 'lib/protocol/',
};

/** Declares what is built, at the end of a build. */
export function declarations(): Plugin {
  return {
    name: 'parley-declarations',
    writeBundle: async ({ dir }) => {
      if (dir !== undefined) await writeDeclarations(dir);
    },
  };
}

/**
 * Writes `parley.d.ts` and the folder of what it needs, the contract's schemas and their library's types among it.
 * @throws Error with the compiler's words where a source does not compile
 */
export async function writeDeclarations(folder: string): Promise<void> {
  const emitted = await mkdtemp(path.join(tmpdir(), 'parley-types-'));
  try {
    const compiler = path.join(PACKAGES, 'typescript/bin/tsc');
    const project = path.join(import.meta.dirname, 'tsconfig.declarations.json');
    await run(process.execPath, [compiler, '-p', project, '--outDir', emitted]);
    await copyReachable(emitted, path.join(folder, TYPES));
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
  const entry = `./${TYPES}/${ENTRY.replace('.d.ts', '.js')}`;
  await writeFile(path.join(folder, 'parley.d.ts'), `export * from '${entry}';\n`);
  await cp(path.join(PACKAGES, 'zod/LICENSE'), path.join(folder, TYPES, 'zod/LICENSE'));
}

/** Each file that the entry leads to, once, with its imports as paths between these files. */
async function copyReachable(emitted: string, types: string): Promise<void> {
  const known = new Set([ENTRY]);
  for (const file of known) {
    const source = await readFile(placeOf(emitted, file), 'utf8');
    const text = rewritten(source, (specifier) => {
      const target = targetOf(file, specifier);
      if (target === null) return specifier;
      known.add(target);
      return relative(file, target);
    });
    const place = path.join(types, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}

function placeOf(emitted: string, file: string): string {
  return path.join(file.startsWith('zod/') ? PACKAGES : emitted, file);
}

const STYLES = /^import '[^']+\.css';\n/gmu;
/** What stands between the quotes of an import. */
const SPECIFIER = /(?<=\bfrom ['"]|\bimport\(['"]|^import ['"])[^"']+(?=['"])/gmu;

function rewritten(source: string, rewrite: (specifier: string) => string): string {
  return source.replaceAll(STYLES, '').replaceAll(SPECIFIER, rewrite);
}

/** The declarations that an import leads to; null for React, which the storefront has. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    return declarationOf(path.posix.join(path.posix.dirname(file), specifier));
  }
  if (specifier === 'zod/mini') return 'zod/mini/index.d.ts';
  const short = Object.keys(SHORT_NAMES).find((name) => specifier.startsWith(name));
  return short === undefined
    ? null
    : declarationOf(specifier.replace(short, SHORT_NAMES[short] ?? ''));
}

function declarationOf(module: string): string {
  return module.replace(/\.(?:[jt]sx?)$/u, '.d.ts');
}

function relative(from: string, to: string): string {
  const step = path.posix.relative(path.posix.dirname(from), to.replace(/\.d\.ts$/u, '.js'));
  return step.startsWith('.') ? step : `./${step}`;
}
