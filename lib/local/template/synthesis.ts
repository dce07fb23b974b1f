/** The CDK app synthesized in a process of its own: once per state of its sources and settings, for its template is all that is needed of it here. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { keptBuild } from '../../builds/kept-build.ts';

/** What a synthesis is made of. */
const SOURCES = [
  'bin/parley.ts',
  'functions/**/*.ts',
  'lib/{infra,protocol}/**/*.{ts,js}',
  'package.json',
  'package-lock.json',
];
/** Later sources and other settings of a day's work. */
const KEPT = 12;
/** Variables that are about a deployment. */
const SETTING = /^(?:PARLEY|CDK)_/u;

/** Settings of a deployment by the names of their variables. */
export type Settings = Readonly<Record<string, string>>;

interface SynthesisInput {
  /** The project's folder. */
  readonly root: string;
  /** Where syntheses are kept, and nothing else. */
  readonly cache: string;
  readonly settings: Settings;
}

/**
 * Synthesizes the app, or finds it synthesized from these very sources with these settings.
 * @returns the folder of the assembly, to be read only
 * @throws Error with the app's output
 */
export function synthesize({ root, cache, settings }: SynthesisInput): Promise<string> {
  return keptBuild({
    cache,
    kept: KEPT,
    fingerprint: () => fingerprintOf(root, settings),
    make: (folder) => run(root, folder, settings),
  });
}

/** Those of an environment that are about a deployment. */
export function settingsIn(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings: Record<string, string> = {};
  for (const [name, text] of Object.entries(env)) {
    if (text !== undefined && SETTING.test(name)) settings[name] = text;
  }
  return settings;
}

function fingerprintOf(root: string, settings: Settings): string {
  const hash = createHash('sha256').update(
    JSON.stringify(settings, Object.keys(settings).toSorted()),
  );
  for (const file of globSync(SOURCES, { cwd: root }).toSorted()) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function run(root: string, output: string, settings: Settings): Promise<void> {
  // Nothing about a deployment that is not in the fingerprint.
  const surroundings = Object.entries(process.env).filter(([name]) => !SETTING.test(name));
  const child = spawn(process.execPath, ['bin/parley.ts', '--output', output], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(surroundings), ...settings },
  });
  const stop = () => void child.kill();
  process.once('exit', stop);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const [code]: unknown[] = await once(child, 'close');
  process.off('exit', stop);
  if (code === 0) return;
  throw new Error(`The stack could not be made:\n${Buffer.concat(said).toString().trimEnd()}`);
}
