/** What Parley is made of, package by package: few in production, each with its reason, none with a script or a licence of its own making. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import advisories from '../../lib/supply/advisories.json' with { type: 'json' };
import { isAffected } from '../../lib/supply/advisories.ts';
import { readLockFile } from '../../lib/supply/lock-file.ts';
import { INSTALL_SCRIPTS, isLicenceAllowed, licenceOf } from '../../lib/supply/policy.ts';
import { readSources } from '../support/source-tree.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const description = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const production = Object.keys(description['dependencies'] ?? {});
const locked = readLockFile(path.join(root, 'package-lock.json'));

describe('production', () => {
  it('depends on what docs/SECURITY.md gives a reason for, and on nothing else', () => {
    const [, section = ''] = read('docs/SECURITY.md').split('## What we depend on\n');
    const rows = (section.split('\n## ')[0] ?? '').matchAll(
      /^\| ((?:`[^`]+`,? ?)+) \| [^|]{20,} \|$/gmu,
    );
    const names = [...rows].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/gu)].map((it) => it[1]),
    );
    expect(names.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(
      production.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  const PLACES = ['functions/**/*.ts', 'lib/{client,protocol}/**/*.ts', 'web/**/*.{ts,tsx}'];
  const runsThere = readSources(PLACES).filter(
    ({ path: file }) => !/vite\.config|css-of-parts|scope-css/u.test(file), // parts of the build
  );

  it('imports nothing else, at AWS and in the browser', () => {
    const imported = runsThere.flatMap(({ imports }) =>
      imports.filter((it) => !it.isOwn && !it.isTypeOnly && !it.target.startsWith('node:')),
    );
    const names = new Set(
      imported.map(({ target }) => /^(?:@[^/]+\/)?[^/]+/u.exec(target)?.[0] ?? target),
    );
    expect(names.size).toBeGreaterThan(10);
    expect([...names].filter((name) => !production.includes(name))).toEqual([]);
  });
});

describe('the lock file', () => {
  it('names exact versions, each by its content', () => {
    const wanted = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.values(description[kind] ?? {}),
    );
    expect(wanted.filter((version) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
    // what stands within another package is covered by that one's
    const loose = locked.filter(
      ({ entry }) => entry['integrity'] === undefined && entry['inBundle'] !== true,
    );
    expect(loose.map((it) => it.path)).toEqual([]);
  });

  it('runs no install script, and names the packages that bring one', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/mu);
    const withScript = locked.filter((it) => it.hasInstallScript).map(({ name }) => name);
    expect(new Set(withScript)).toEqual(new Set(Object.keys(INSTALL_SCRIPTS)));
  });

  it.each(locked.map((it) => [it.path, it] as const))(
    '%s has a licence that we may use',
    (_, it) => {
      const file = path.join(root, it.path, 'package.json');
      // another platform's
      const stated = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : it.entry;
      expect([
        licenceOf(it.name, stated),
        isLicenceAllowed(licenceOf(it.name, stated), it),
      ]).toEqual([expect.any(String), true]);
    },
  );

  it('has no package with a known hole', () => {
    console.log(`Known holes as of ${advisories.asOf}: ${advisories.source}.`);
    const holes = locked.flatMap(({ name, version }) =>
      advisories.advisories
        .filter((advisory) => advisory.package === name && isAffected(advisory, version))
        .map(({ id, severity }) => `${name} ${version}: ${severity} ${id}`),
    );
    expect(holes).toEqual([]);
  });
});
