/** What the built site is made of, as one short text: the same text, the same site. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** All of it: the sources, what they share with the rest, and the versions of every package. */
const SOURCES = [
  'web/**/*',
  'lib/client/**/*.ts',
  'lib/protocol/**/*.ts',
  'lib/site/build.ts',
  'package.json',
  'package-lock.json',
];

/** The fingerprint of the sources as they are now. @param root the project's folder */
export function fingerprintOf(root: string): string {
  const hash = createHash('sha256');
  for (const entry of globSync(SOURCES, { cwd: root, withFileTypes: true }).toSorted(byPath)) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

interface Entry {
  readonly parentPath: string;
  readonly name: string;
}

function byPath(left: Entry, right: Entry): number {
  const [a, b] = [left, right].map((it) => path.join(it.parentPath, it.name));
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
