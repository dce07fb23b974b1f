/** The whole deployment for a test: the CDK app synthesized once per state of the sources, then run on a free port. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openIssuer, type DevelopmentIssuer } from '../../lib/local/identity.ts';
import { startRuntime, type Runtime, type RuntimeOptions } from '../../lib/local/runtime.ts';
import { noteRightUsage } from './right-usage.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/parley');
/** Where the issuer of all test stacks keeps its key. */
export const ISSUER_FOLDER = CACHE;
/** What a synthesis is made of. */
const SOURCES = ['bin/parley.ts', 'functions/**/*.ts', 'lib/{infra,protocol}/**/*.ts'];
/** A lock this old was left behind. */
const STALE_LOCK_MS = 60_000;

/** Who a token is for; `expiresIn` in seconds. */
export interface TokenClaims {
  readonly sub: string;
  readonly role: 'customer' | 'vendor' | 'admin';
  readonly name?: string;
  readonly vendor_id?: string;
  readonly vendor_name?: string;
  readonly picture?: string;
  readonly locale?: string;
  readonly expiresIn?: number;
}

/** How the stack runs. */
export interface LocalStackOptions extends Partial<Omit<RuntimeOptions, 'assembly' | 'issuer'>> {
  /** Overrides of limits by name, as PARLEY_LIMITS takes them. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Other settings of the deployment: PARLEY_ORIGINS, PARLEY_EVENTS, PARLEY_REMINDERS (minutes, fractions too) … */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running stack. The API is under `${url}/v1`; `runtime` shows its events, queues and files. */
export interface LocalStack {
  readonly url: string;
  readonly socketUrl: string;
  readonly runtime: Runtime;
  readonly issuer: DevelopmentIssuer;
  /** What failed inside so far; a test that expects none says so. */
  readonly problems: readonly Error[];
  token(claims: TokenClaims): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the stack.
 * @throws Error with the synthesis' output where the CDK app fails
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const { limits = {}, env = {}, onProblem, ...rest } = options;
  const { folder, issuer } = await synthesizeOnce({
    ...env,
    PARLEY_LIMITS: JSON.stringify(limits),
  });
  const problems: Error[] = [];
  const runtime = await startRuntime({
    port: 0,
    ...rest,
    assembly: folder,
    issuer,
    onProblem: (problem) => {
      problems.push(problem);
      onProblem?.(problem);
    },
  });
  return {
    url: runtime.url,
    socketUrl: runtime.socketUrl,
    runtime,
    issuer,
    problems,
    token: ({ expiresIn, ...claims }) => issuer.issue({ ...claims }, expiresIn),
    async stop() {
      noteRightUsage(runtime.rights());
      await runtime.stop();
    },
  };
}

/** A synthesis of these sources with these settings, from the cache where there is one. */
async function synthesizeOnce(settings: Readonly<Record<string, string>>) {
  mkdirSync(CACHE, { recursive: true });
  const folder = path.join(CACHE, `${fingerprint(settings)}.out`);
  // Test files run in processes of their own: one of them synthesizes, the others wait.
  return withLock(async () => {
    const issuer = await openIssuer(CACHE);
    if (!existsSync(folder)) {
      const unfinished = `${folder}.${process.pid}`;
      await synthesize(unfinished, {
        ...settings,
        PARLEY_STAGE: 'local',
        PARLEY_ISSUERS: JSON.stringify([issuer.config]),
      });
      renameSync(unfinished, folder);
      removeOthers(folder);
    }
    return { folder, issuer };
  });
}

function fingerprint(settings: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const file of globSync(SOURCES, { cwd: ROOT }).toSorted()) {
    const { mtimeMs, size } = statSync(path.join(ROOT, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Old states of the sources are of no use any more; the latest few may still run in another test. */
function removeOthers(folder: string): void {
  const others = globSync(path.join(CACHE, '*.out*')).filter((it) => it !== folder);
  const byAge = others.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of byAge.slice(8)) rmSync(old, { recursive: true, force: true });
}

async function synthesize(output: string, settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['bin/parley.ts', '--output', output], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`Synthesis failed:\n${Buffer.concat(said).toString()}`);
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = path.join(CACHE, 'lock');
  while (!takeLock(lock)) await sleep(50);
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const { mtimeMs } = statSync(lock, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
