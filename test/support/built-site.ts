/** The site, built before the browser tests begin, so that their servers find it. */
import path from 'node:path';

import { buildSite } from '../../lib/site/build.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Vitest calls it once. */
export async function setup(): Promise<void> {
  await buildSite(ROOT);
}

/** The folder of the site as its sources are now. */
export const builtSite = (): Promise<string> => buildSite(ROOT);
