import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { settingsIn, synthesize } from '../../../lib/local/template/synthesis.ts';

/** Writes what it was told and a number that no other run has. */
const APP = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  const output = process.argv[3];
  if (process.env.PARLEY_STAGE === 'wrong') { console.error('No such stage.'); process.exit(1); }
  mkdirSync(output, { recursive: true });
  writeFileSync(output + '/manifest.json', process.env.PARLEY_STAGE + ' ' + process.hrtime.bigint());`;

let root: string;
let cache: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-'));
  cache = path.join(root, 'build/local');
  for (const folder of ['bin', 'lib/infra'])
    mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'bin/parley.ts'), APP);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What is kept; beside it stands who uses it. */
const kept = () => readdirSync(cache).filter((name) => name !== 'users');

const run = async (stage: string) => {
  const folder = await synthesize({ root, cache, settings: { PARLEY_STAGE: stage } });
  return readFileSync(path.join(folder, 'manifest.json'), 'utf8');
};

it('runs once for the same sources and settings', async () => {
  const first = await run('local');
  expect(first).toMatch(/^local \d+$/u);
  expect(await run('local')).toBe(first);
});

it('runs again for other settings, and keeps both', async () => {
  const first = await run('local');
  expect(await run('beta')).toMatch(/^beta /u);
  expect(await run('local')).toBe(first);
});

it.each(['bin/parley.ts', 'lib/infra/rewrite.js', 'package-lock.json'])(
  'runs again where %s is another one',
  async (name) => {
    const first = await run('local');
    writeFileSync(path.join(root, name), `${name === 'bin/parley.ts' ? APP : ''}\n`);
    expect(await run('local')).not.toBe(first);
  },
);

it('is of the sources as they were from its beginning to its end', async () => {
  const rewrite = path.join(root, 'lib/infra/rewrite.js');
  const saves = `
    if (!existsSync('lib/infra/rewrite.js')) writeFileSync('lib/infra/rewrite.js', 'saved meanwhile');`;
  const app = APP.replace('{ mkdirSync', '{ existsSync, mkdirSync') + saves;
  writeFileSync(path.join(root, 'bin/parley.ts'), app);
  const second = await run('local');
  expect(await run('local')).toBe(second);
  rmSync(rewrite);
  // Nothing was kept for the sources that were there at first.
  expect(await run('local')).toBe(second);
  expect(kept()).toHaveLength(1);
});

it('is given as it is, and not kept, where the sources never stand still', async () => {
  const saves = "\n  writeFileSync('lib/infra/clock.js', String(process.hrtime.bigint()));";
  writeFileSync(path.join(root, 'bin/parley.ts'), APP + saves);
  const first = await run('local');
  expect(await run('local')).not.toBe(first);
});

it('is one result for two who ask at once', async () => {
  const both = await Promise.all([run('local'), run('local')]);
  expect(both).toContain(await run('local'));
  expect(kept()).toHaveLength(1);
});

it('says what the app said where it failed, and leaves nothing behind', async () => {
  await expect(run('wrong')).rejects.toThrow('The stack could not be made:\nNo such stage.');
  expect(kept()).toEqual([]);
});

it('hears of no setting that it was not given', async () => {
  process.env['PARLEY_STAGE'] = 'of the surroundings';
  try {
    const folder = await synthesize({ root, cache, settings: {} });
    expect(readFileSync(path.join(folder, 'manifest.json'), 'utf8')).toMatch(/^undefined /u);
  } finally {
    delete process.env['PARLEY_STAGE'];
  }
});

it('takes of an environment what is about a deployment', () => {
  const env = { PARLEY_LIMITS: '{}', CDK_VALIDATION: 'false', HOME: '/root', NONE: undefined };
  expect(settingsIn(env)).toEqual({ PARLEY_LIMITS: '{}', CDK_VALIDATION: 'false' });
});
