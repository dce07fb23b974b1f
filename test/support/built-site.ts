/** The site and the stack, made before the browser tests begin, so that their servers find them. */
import path from 'node:path';

import { buildSite } from '../../lib/site/build.ts';
import { startServer } from './server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Vitest calls it once. */
export async function setup(): Promise<void> {
  await buildSite(ROOT);
  const server = await startServer({ readyWithinMs: 300_000 });
  await server.stop();
}

/** The folder of the site as its sources are now. */
export const builtSite = (): Promise<string> => buildSite(ROOT);
