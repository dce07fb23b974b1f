/** The configuration of a deployment: read from the environment and the CDK context, checked once. */
import { limitsWith, type Limits } from '#protocol/limits.ts';

import { issuersFrom, type Issuer } from './issuers.ts';

/** A deployment's configuration, every default filled in. */
export interface ChatConfig {
  /** Names the stacks and the socket's stage: `dev`, `prod`, `local` … */
  readonly stage: string;
  /** Whether data outlives the stack: true for every stage that isn't a throwaway one. */
  readonly keepsData: boolean;
  /** Whose tokens are accepted. None accepts nobody. */
  readonly issuers: readonly Issuer[];
  /** The origins that may call; an empty list allows all. */
  readonly origins: readonly string[];
  /** The hosts that product links may name; an empty list, or `*`, allows every https host. */
  readonly productHosts: readonly string[];
  readonly limits: Limits;
}

/** Looks up a setting by name: a text, or what the CDK context holds. */
export type ReadSetting = (name: string) => unknown;

/** Stages whose data may go with the stack, also with a suffix as in `dev-nino`. */
const THROWAWAY_STAGE = /^(?:local|dev|test|ci|preview)(?:-|$)/u;
const STAGE = /^[a-z][a-z0-9-]{0,19}$/u;
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/u;
const HOST = /^(?:\*|[a-z0-9.-]+(?::\d{1,5})?)$/u;

/**
 * The settings of this process: an environment variable goes before the CDK context of the same name.
 * @param context looks a name up in the CDK context
 */
export function settingsOf(env: NodeJS.ProcessEnv, context: ReadSetting): ReadSetting {
  return (name) => {
    const value = env[name];
    return value === undefined || value.trim() === '' ? context(name) : value;
  };
}

/**
 * Checks the settings and fills in the defaults.
 * @throws Error naming the setting, what is wrong with it and what it looks like
 */
export function configFrom(read: ReadSetting): ChatConfig {
  const stage = stageFrom(read('PARLEY_STAGE') ?? 'dev');
  const keepsData = !THROWAWAY_STAGE.test(stage);
  const issuers = issuersFrom(parseJson('PARLEY_ISSUERS', read('PARLEY_ISSUERS') ?? []));
  if (keepsData && issuers.length === 0) {
    throw new Error(
      `PARLEY_ISSUERS is missing: stage "${stage}" would accept nobody. ` +
        'Example: [{"issuer": "https://id.example.com", "audience": "shop", "jwksUri": "https://id.example.com/jwks.json"}].',
    );
  }
  return {
    stage,
    keepsData,
    issuers,
    origins: listFrom(read, {
      name: 'PARLEY_ORIGINS',
      pattern: ORIGIN,
      example: 'https://a.example',
    }),
    productHosts: listFrom(read, {
      name: 'PARLEY_PRODUCT_HOSTS',
      pattern: HOST,
      example: 'a.example',
    }),
    limits: limitsFrom(read('PARLEY_LIMITS')),
  };
}

function stageFrom(value: unknown): string {
  if (typeof value === 'string' && STAGE.test(value)) return value;
  throw new Error(
    `PARLEY_STAGE ${JSON.stringify(value)} must be 1–20 lower-case letters, digits or dashes, a letter first.`,
  );
}

interface ListRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly example: string;
}

function listFrom(read: ReadSetting, { name, pattern, example }: ListRule): readonly string[] {
  const value = parseJson(name, read(name) ?? []);
  if (!Array.isArray(value)) throw new Error(`${name} must be a JSON list such as ["${example}"].`);
  return value.map((item: unknown) => {
    if (typeof item === 'string' && pattern.test(item)) return item;
    throw new Error(`${name}: ${JSON.stringify(item)} is not like "${example}".`);
  });
}

function limitsFrom(value: unknown): Limits {
  try {
    if (value === undefined || typeof value === 'string') return limitsWith(value);
    return limitsWith(JSON.stringify(value));
  } catch (cause) {
    throw new Error(`PARLEY_LIMITS: ${messageOf(cause)}`, { cause });
  }
}

/** A text holds JSON; the CDK context may hold the value itself. */
function parseJson(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new Error(`${name} is not JSON: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
