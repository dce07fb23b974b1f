/** The CDK app synthesized in a process of its own: once per state of its sources and settings, for its template is all that is needed of it here. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';

/** What a synthesis is made of. */
const SOURCES = [
  'bin/parley.ts',
  'functions/**/*.ts',
  'lib/{infra,protocol}/**/*.{ts,js}',
  'package.json',
  'package-lock.json',
];
/** Sources that change while they are synthesized are synthesized again, so often. */
const MAX_ROUNDS = 3;
/** Enough for one that still runs beside those of later sources and other settings. */
const KEPT = 12;

/** Settings of a deployment by the names of their variables. */
export type Settings = Readonly<Record<string, string>>;

interface SynthesisInput {
  /** The project's folder. */
  readonly root: string;
  /** Where syntheses are kept. */
  readonly cache: string;
  readonly settings: Settings;
}

/**
 * Synthesizes the app, or finds it synthesized from these very sources with these settings.
 * @returns the folder of the assembly, to be read only
 * @throws Error with the app's output
 */
export async function synthesize({ root, cache, settings }: SynthesisInput): Promise<string> {
  mkdirSync(cache, { recursive: true });
  for (let round = 1; ; round += 1) {
    const folder = path.join(cache, `${fingerprintOf(root, settings)}.out`);
    if (existsSync(folder)) return touch(folder);
    const draft = mkdtempSync(`${folder}.`);
    await run(root, draft, settings);
    // A source was saved meanwhile: kept as that of the old ones, this would come back with them.
    if (path.basename(folder) === `${fingerprintOf(root, settings)}.out`) {
      moveTo(folder, draft);
      removeOld(cache);
      return folder;
    }
    if (round === MAX_ROUNDS) return draft;
    rmSync(draft, { recursive: true });
  }
}

/** Those of an environment that are about a deployment. */
export function settingsIn(env: Readonly<Record<string, string | undefined>>): Settings {
  const settings: Record<string, string> = {};
  for (const [name, text] of Object.entries(env)) {
    if (text !== undefined && /^(?:PARLEY|CDK)_/u.test(name)) settings[name] = text;
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
  const child = spawn(process.execPath, ['bin/parley.ts', '--output', output], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings },
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
  rmSync(output, { recursive: true, force: true });
  throw new Error(`The stack could not be made:\n${Buffer.concat(said).toString().trimEnd()}`);
}

/** Somebody else may have made the same at the same time. */
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

function removeOld(cache: string): void {
  const byAge = globSync(path.join(cache, '*.out*'))
    .map((folder) => ({ folder, at: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.at - a.at);
  for (const { folder } of byAge.slice(KEPT)) rmSync(folder, { recursive: true, force: true });
}
