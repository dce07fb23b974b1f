/** `npm run advisories`: renews the pinned list of known holes, for every package that the lock file names. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { AdvisoryList } from '../lib/supply/advisories.ts';
import { advisoryDatabase, osvService } from '../lib/supply/advisory-sources.ts';
import { readLockFile } from '../lib/supply/lock-file.ts';

const USAGE = `npm run advisories [-- --from FOLDER]

Asks osv.dev for every package of the lock file and writes lib/supply/advisories.json;
with --from it reads a clone of github.com/github/advisory-database instead.`;

const { values } = parseArgs({
  options: { from: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
});

if (values.help) console.log(USAGE);
else {
  try {
    await refresh();
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    console.error(
      `The list stays as it was. ${message} ${cause instanceof Error ? cause.message : ''}`,
    );
    process.exitCode = 1;
  }
}

async function refresh(): Promise<void> {
  const root = path.resolve(import.meta.dirname, '..');
  const file = path.join(root, 'lib/supply/advisories.json');
  const packages = readLockFile(path.join(root, 'package-lock.json'));
  const names = [...new Set(packages.map(({ name }) => name))].toSorted();
  const ask = values.from === undefined ? osvService() : advisoryDatabase(values.from);
  const advisories = [];
  for (const name of names) advisories.push(...(await ask(name)));
  const source =
    values.from === undefined ? 'osv.dev' : 'a clone of github.com/github/advisory-database';
  const list: AdvisoryList = {
    asOf: new Date().toISOString().slice(0, 10),
    source: `${source}, asked for all ${names.length} packages of the lock file`,
    advisories,
  };
  writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
  console.log(`${advisories.length} advisories of ${names.length} packages. Now: npm test`);
}
