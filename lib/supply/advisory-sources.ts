/** Where advisories come from: the public OSV service, or a clone of GitHub's database for a machine without a network. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { type Advisory, advisoryFrom } from './advisories.ts';

/** Finds every advisory of one package. */
export type AskAdvisories = (name: string) => Promise<readonly Advisory[]>;

const OSV_URL = 'https://api.osv.dev/v1/query';

/**
 * Asks osv.dev, which needs no account.
 * @throws Error with the status where it does not answer
 */
export function osvService(fetchIt: typeof fetch = fetch): AskAdvisories {
  return async (name) => {
    const found: Advisory[] = [];
    let token: unknown;
    do {
      const response = await fetchIt(OSV_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ package: { name, ecosystem: 'npm' }, page_token: token }),
      });
      if (!response.ok) throw new Error(`${OSV_URL} answered ${response.status} for ${name}.`);
      const page: Readonly<Record<string, unknown>> = Object(await response.json());
      found.push(...advisoriesIn(page['vulns'], name));
      token = page['next_page_token'];
    } while (token !== undefined && token !== '');
    return found;
  };
}

/**
 * Reads a clone of `github.com/github/advisory-database`.
 * @throws Error where the folder is none
 */
export function advisoryDatabase(folder: string): AskAdvisories {
  const reviewed = path.join(folder, 'advisories/github-reviewed');
  const texts = globSync('**/*.json', { cwd: reviewed }).map((it) =>
    readFileSync(path.join(reviewed, it), 'utf8'),
  );
  if (texts.length === 0) throw new Error(`${reviewed} has no advisories.`);
  const entries = texts.filter((it) => it.includes('"npm"')).map((it): unknown => JSON.parse(it));
  return async (name) => Promise.resolve(advisoriesIn(entries, name));
}

function advisoriesIn(entries: unknown, name: string): readonly Advisory[] {
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [];
  return list.flatMap((entry) => advisoryFrom(entry, name) ?? []);
}
