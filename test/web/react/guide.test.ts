/** What docs/REACT.md tells a storefront's developer to write compiles against what the package exports. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import * as parley from '../../../web/react/parley.ts';
import { snippetsOf } from '../../support/snippets.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
const page = readFileSync(path.join(root, 'docs/REACT.md'), 'utf8');
const components = snippetsOf(page).filter(({ language }) => language === 'tsx');

let folder: string;

beforeAll(() => {
  // inside the project, so that React's types are found
  mkdirSync(path.join(root, 'build'), { recursive: true });
  folder = mkdtempSync(path.join(root, 'build/guide-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The compiler's words on the snippets, each a module of its own; empty where it has nothing to say. */
async function check(codes: readonly string[]): Promise<string> {
  mkdirSync(path.join(folder, 'parley'), { recursive: true });
  writeFileSync(
    path.join(folder, 'parley/parley.ts'),
    "export * from '../../../web/react/parley.ts';",
  );
  writeFileSync(path.join(folder, 'css.d.ts'), "declare module '*.css';");
  for (const [index, code] of codes.entries()) {
    writeFileSync(
      path.join(folder, `snippet-${index}.tsx`),
      code.replaceAll('parley.js', 'parley.ts'),
    );
  }
  const config = { extends: '../../tsconfig.json', include: ['.'], compilerOptions: {} };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [tsc, '-p', folder, '--noEmit'], { cwd: root });
    return '';
  } catch (failure) {
    return outputOf(failure);
  }
}

/** Only what it says of the snippets: other files have checks of their own. */
function outputOf(failure: unknown): string {
  const { stdout, stderr }: { stdout: unknown; stderr: unknown } = Object(failure);
  // a compiler that fell over has checked nothing
  if (String(stderr) !== '') return String(stderr);
  const lines = String(stdout).split('\n');
  return lines.filter((line) => line.includes('snippet-')).join('\n');
}

describe('docs/REACT.md', () => {
  it('has its snippets', () => {
    expect(components.length).toBe(5);
  });

  it('compiles', { timeout: 60_000 }, async () => {
    expect(await check(components.map(({ code }) => code))).toBe('');
  });

  it('would not, if the package had it otherwise', { timeout: 60_000 }, async () => {
    const wrong = "import { useRooms } from './parley/parley.js';\nuseRooms().nothing;\n";
    expect(await check([wrong])).toContain('snippet-0.tsx');
  });

  it('names every component and hook that there is', () => {
    const unnamed = Object.keys(parley).filter((name) => !page.includes(`\`${name}`));
    expect(unnamed).toEqual([]);
  });
});
