/** The site as it is published: the web and the widget built into one folder, once per state of their sources. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { keptBuild } from '../builds/kept-build.ts';
import { fingerprintOf } from './fingerprint.ts';

/** Where the widget is within the site. */
export const WIDGET_FOLDER = 'widget';
/** What the build says of its chunks; it is not published. */
export const MANIFEST = '.vite/manifest.json';

/** Those of earlier sources. */
const KEPT = 4;

/**
 * Builds the site, or finds it built from these very sources.
 * @param root the project's folder
 * @returns the folder that holds `index.html`, `assets`, `widget` …
 * @throws Error with the bundler's output
 */
export function buildSite(root: string): Promise<string> {
  return keptBuild({
    cache: path.join(root, 'build/site'),
    kept: KEPT,
    fingerprint: () => fingerprintOf(root),
    make: async (folder) => {
      await runVite(root, ['web/vite.config.ts', folder]);
      await runVite(root, ['web/widget/vite.config.ts', path.join(folder, WIDGET_FOLDER)]);
    },
  });
}

/** In a process of its own: the test runner's environment would make it a development build. */
async function runVite(root: string, [config, outDir]: readonly [string, string]): Promise<void> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  // The folder of the web is emptied by hand: the widget is built into it.
  const args = ['build', '-c', config, '--outDir', outDir, '--emptyOutDir', 'false'];
  const child = spawn(process.execPath, [vite, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const [code]: unknown[] = await once(child, 'close');
  if (code === 0) return;
  throw new Error(`The site could not be built (${config}):\n${Buffer.concat(said).toString()}`);
}
