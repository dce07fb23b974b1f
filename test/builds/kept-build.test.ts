/** What is made from sources: found again, made anew, and removed when nobody needs it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { keptBuild } from '../../lib/builds/kept-build.ts';

/** A process that has ended long ago, or never was: Linux counts to 4 million. */
const NOBODY = 4_999_999;
const HOUR_MS = 3_600_000;

let cache: string;
let sources: string;
beforeEach(() => {
  cache = path.join(mkdtempSync(path.join(tmpdir(), 'parley-builds-')), 'cache');
  sources = 'a';
});
afterEach(() => rmSync(path.dirname(cache), { recursive: true, force: true }));

const build = (make?: (folder: string) => Promise<void>) =>
  keptBuild({
    cache,
    fingerprint: () => sources,
    make: make ?? (async (folder) => writeFileSync(path.join(folder, 'made-of'), sources)),
    kept: 2,
  });
const names = () => readdirSync(cache).filter((name) => name !== 'users');
const users = () => readdirSync(path.join(cache, 'users'));

/** A folder of an earlier day, used by a process. */
function aFolder(name: string, hoursOld: number, pid = NOBODY): void {
  const folder = path.join(cache, name);
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.join(cache, 'users'), { recursive: true });
  const at = new Date(Date.now() - hoursOld * HOUR_MS);
  utimesSync(folder, at, at);
  writeFileSync(path.join(cache, 'users', `${name}.${pid}`), '');
}

describe('a kept build', () => {
  it('is made once per state of the sources', async () => {
    const first = await build();
    expect(readFileSync(path.join(first, 'made-of'), 'utf8')).toBe('a');
    const untouched = build(async () => Promise.reject(new Error('It is there.')));
    expect(await untouched).toBe(first);
    sources = 'b';
    expect(await build()).not.toBe(first);
    expect(names().toSorted()).toEqual(['a', 'b']);
  });

  it('goes when others are later, nobody uses it, and whoever did has ended', async () => {
    for (const name of ['older', 'oldest']) aFolder(name, name === 'older' ? 2 : 3);
    await build();
    expect(names().toSorted()).toEqual(['a', 'older']);
    expect(users()).toEqual([`a.${process.pid}`]);
  });

  it('stays as long as its process lives, however many are later', async () => {
    aFolder('running', 30, process.ppid);
    for (const name of ['b', 'c', 'd', 'e']) {
      sources = name;
      await build();
      const at = new Date(Date.now() - HOUR_MS);
      utimesSync(path.join(cache, name), at, at);
      // As if somebody else had made it.
      rmSync(path.join(cache, 'users', `${name}.${process.pid}`));
    }
    expect(names()).toContain('running');
    expect(names()).toHaveLength(3);
  });

  it('is never half there: what cannot be made leaves nothing, what was left half made goes', async () => {
    aFolder('draft-left', 1);
    aFolder('draft-at-work', 0);
    for (const name of ['x', 'y']) aFolder(name, 0);
    await expect(build(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(names().toSorted()).toEqual(['draft-at-work', 'draft-left', 'x', 'y']);
    await build();
    expect(names()).toContain('draft-at-work');
    expect(existsSync(path.join(cache, 'draft-left'))).toBe(false);
  });
});
