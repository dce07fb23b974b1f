/** The packages that `package-lock.json` names. */
import { readFileSync } from 'node:fs';

/** A package at a place of `node_modules`. */
export interface LockedPackage {
  /** `node_modules/ws`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** Reached from `dependencies`: it may be in a bundle or a page. */
  readonly isShipped: boolean;
  readonly hasInstallScript: boolean;
  /** Its entry as it stands. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/** Reads a lock file of version 3. @throws Error where it is none */
export function readLockFile(file: string): readonly LockedPackage[] {
  const lock: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const packages: unknown = Object(lock)['packages'];
  if (typeof packages !== 'object' || packages === null)
    throw new Error(`${file} names no packages.`);
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, value]) => lockedPackage(path, value));
}

function lockedPackage(path: string, value: unknown): LockedPackage {
  const entry: Readonly<Record<string, unknown>> = Object(value);
  return {
    path,
    name: nameIn(path),
    version: String(entry['version']),
    isShipped: !['dev', 'optional', 'devOptional'].some((mark) => entry[mark] === true),
    hasInstallScript: entry['hasInstallScript'] === true,
    entry,
  };
}

/** The package that a path leads into: `node_modules/a/node_modules/@b/c/index.js` is in `@b/c`. */
export function nameIn(path: string): string {
  const [scope = '', name] = (path.split('node_modules/').at(-1) ?? '').split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
