import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { nameIn, readLockFile } from '../../lib/supply/lock-file.ts';

it('tells what is shipped from what is only used', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-lock-'));
  const file = path.join(folder, 'package-lock.json');
  const packages = {
    '': { name: 'parley' },
    'node_modules/@aws-sdk/core': { version: '3.0.0' },
    'node_modules/vite': { version: '8.0.0', dev: true },
    'node_modules/vite/node_modules/esbuild': {
      version: '1.0.0',
      dev: true,
      hasInstallScript: true,
    },
    'node_modules/engine': { version: '1.0.0', optional: true },
    'node_modules/both': { version: '1.0.0', devOptional: true },
  };
  writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages }));
  const found = readLockFile(file);
  expect(found.map((it) => [it.name, it.isShipped, it.hasInstallScript])).toEqual([
    ['@aws-sdk/core', true, false],
    ['vite', false, false],
    ['esbuild', false, true],
    ['engine', false, false],
    ['both', false, false],
  ]);
  rmSync(folder, { recursive: true });
});

it.each([
  ['node_modules/ws/lib/index.js', 'ws'],
  ['node_modules/@smithy/core/dist-es/a.js', '@smithy/core'],
  ['node_modules/a/node_modules/@b/c/index.js', '@b/c'],
])('%s is in %s', (file, name) => {
  expect(nameIn(file)).toBe(name);
});
