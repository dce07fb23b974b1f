/** The site as it is published: the web and the widget built into one folder, once per state of their sources. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';

import { fingerprintOf } from './fingerprint.ts';

/** Where the widget is within the site. */
export const WIDGET_FOLDER = 'widget';
/** What the build says of its chunks; it is not published. */
export const MANIFEST = '.vite/manifest.json';

/** Sources that change while they are built are built again, so often. */
const MAX_ROUNDS = 3;
/** Folders that are kept: another process may be about to read one. */
const KEPT_BUILDS = 4;
/** What is older was left by a process that died. */
const STALE_MS = 10 * 60_000;

/**
 * Builds the site, or finds it built from these very sources.
 * @param root the project's folder
 * @returns the folder that holds `index.html`, `assets`, `widget` …
 * @throws Error with the bundler's output
 */
export async function buildSite(root: string): Promise<string> {
  const builds = path.join(root, 'build/site');
  mkdirSync(builds, { recursive: true });
  for (let round = 1; ; round += 1) {
    const folder = path.join(builds, fingerprintOf(root));
    if (existsSync(folder)) return touch(folder);
    const draft = mkdtempSync(path.join(builds, 'draft-'));
    await buildInto(root, draft);
    // Otherwise a folder would hold what its name does not say.
    if (path.basename(folder) === fingerprintOf(root)) {
      moveTo(folder, draft);
      removeOld(builds);
      return folder;
    }
    if (round === MAX_ROUNDS) return draft;
    rmSync(draft, { recursive: true });
  }
}

async function buildInto(root: string, folder: string): Promise<void> {
  try {
    await runVite(root, ['web/vite.config.ts', folder]);
    await runVite(root, ['web/widget/vite.config.ts', path.join(folder, WIDGET_FOLDER)]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
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

/** Somebody else may have built the same at the same time. */
function moveTo(folder: string, draft: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

function touch(folder: string): string {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

function removeOld(builds: string): void {
  const byAge = globSync('*', { cwd: builds })
    .map((name) => path.join(builds, name))
    .map((folder) => ({ folder, at: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.at - a.at);
  for (const { folder, at } of byAge.slice(KEPT_BUILDS)) {
    const isDraft = path.basename(folder).startsWith('draft-');
    if (!isDraft || Date.now() - at > STALE_MS) rmSync(folder, { recursive: true, force: true });
  }
}
