/** The whole deployment for a test: the CDK app synthesized once per state of the sources, then run on a free port. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { openIssuer, type DevelopmentIssuer } from '../../lib/local/identity.ts';
import { startRuntime, type Runtime, type RuntimeOptions } from '../../lib/local/runtime.ts';
import { synthesize } from '../../lib/local/template/synthesis.ts';
import { noteRightUsage } from './right-usage.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Where the issuer of all test stacks keeps its key. */
export const ISSUER_FOLDER = path.join(ROOT, 'node_modules/.cache/parley');

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
  mkdirSync(ISSUER_FOLDER, { recursive: true });
  const issuer = await openIssuer(ISSUER_FOLDER);
  const assembly = await synthesize({
    root: ROOT,
    cache: path.join(ISSUER_FOLDER, 'stacks'),
    settings: {
      ...env,
      PARLEY_LIMITS: JSON.stringify(limits),
      PARLEY_STAGE: 'local',
      PARLEY_ISSUERS: JSON.stringify([issuer.config]),
    },
  });
  const problems: Error[] = [];
  const runtime = await startRuntime({
    port: 0,
    ...rest,
    assembly,
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
