/** The fingerprint of the sources: it changes with any of them, and with nothing else. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fingerprintOf } from '../../lib/site/fingerprint.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-sources-'));
  write('web/main.tsx', 'main');
  write('web/public/favicon.svg', '<svg/>');
  write('lib/client/chat.ts', 'chat');
  write('lib/protocol/ids.ts', 'ids');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

describe('the fingerprint', () => {
  it.each([
    ['web/main.tsx', 'Main'],
    ['web/public/favicon.svg', '<svg />'],
    ['web/new.css', ''],
    ['lib/client/chat.ts', 'chat '],
    ['lib/protocol/ids.ts', 'id'],
    ['lib/site/build.ts', 'another way to build'],
    ['package-lock.json', '{"a":1}'],
  ])('changes with %s', (file, text) => {
    const before = fingerprintOf(root);
    write(file, text);
    expect(fingerprintOf(root)).not.toBe(before);
  });

  it('changes where a file goes or moves', () => {
    const before = fingerprintOf(root);
    renameSync(path.join(root, 'web/main.tsx'), path.join(root, 'web/index.tsx'));
    const moved = fingerprintOf(root);
    expect(moved).not.toBe(before);
    rmSync(path.join(root, 'web/index.tsx'));
    expect(fingerprintOf(root)).not.toBe(moved);
  });

  it('does not change with time, place or what is not of the site', () => {
    const before = fingerprintOf(root);
    utimesSync(path.join(root, 'web/main.tsx'), 1, 1);
    write('functions/core/send.ts', 'send');
    write('docs/FIGURES.md', 'figures');
    expect(fingerprintOf(root)).toBe(before);
    const copy = `${root}-copy`;
    cpSync(root, copy, { recursive: true });
    expect(fingerprintOf(copy)).toBe(before);
    rmSync(copy, { recursive: true });
  });
});
