/** Parts of a chunk that did not come: each further try asks under another address, and the first that succeeds is kept. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, it } from 'vitest';

import { withImportAgain } from '../../../../web/widget/bundle/import-again.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Tries four times, and writes the part after the second try. */
const PAGE = `
import { writeFileSync } from 'node:fs';
import { load } from './chunk.mjs';
for (let tries = 0; tries < 4; tries += 1) {
  if (tries === 2) writeFileSync('part.mjs', 'export const { url } = import.meta;');
  const { url } = await load().catch(() => ({ url: 'failed' }));
  console.log(url.replace(/.*\\//, ''));
}`;

it('leaves a chunk without parts as it is', () => {
  expect(withImportAgain('import{a}from"./a.js";a(import.meta.url)')).toBeNull();
});

it('asks under another address after each failure, and stays with the one that brought the part', () => {
  const chunk = withImportAgain('export const load = () => import("./part.mjs")');
  writeFileSync(path.join(folder, 'chunk.mjs'), chunk ?? '');
  writeFileSync(path.join(folder, 'page.mjs'), PAGE);
  // in a process of its own: the test runner has a way with modules
  const said = execFileSync(process.execPath, ['page.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(said.trim().split('\n')).toEqual(['failed', 'failed', 'part.mjs?11', 'part.mjs?11']);
});
