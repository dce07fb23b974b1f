/** The configuration of a deployment: read from the environment and the CDK context, checked once. */
import type { BusEventType } from '#protocol/events.ts';
import { limitsWith, type Limits } from '#protocol/limits.ts';

import { issuersFrom, type Issuer } from './issuers.ts';
import { siteFrom, type SiteSettings } from './site/site-config.ts';

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
  readonly reminders: ReminderDelays;
  /** The types of events that are put on the bus, each of which costs 1 USD per million. */
  readonly events: readonly BusEventType[];
  readonly site: SiteSettings;
}

/** Minutes after a message until somebody is told; null is never. */
export interface ReminderDelays {
  /** Until a member that is away is told of what it has not read. */
  readonly unreadMinutes: number | null;
  /** Until it is told that a vendor that was away has not answered. */
  readonly waitingMinutes: number | null;
}

/** Looks up a setting by name: a text, or what the CDK context holds. */
export type ReadSetting = (name: string) => unknown;

/** Stages whose data may go with the stack, also with a suffix as in `dev-nino`. */
const THROWAWAY_STAGE = /^(?:local|dev|test|ci|preview)(?:-|$)/u;
const STAGE = /^[a-z][a-z0-9-]{0,19}$/u;
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/u;
const DELAYS: ReminderDelays = { unreadMinutes: 5, waitingMinutes: 60 };
const MAX_MINUTES = 7 * 24 * 60;
/** Every event, and whether it is put on the bus by default: one per message would cost a quarter of what a message does. */
const EVENTS: Readonly<Record<BusEventType, boolean>> = {
  'room.created': true,
  'message.created': false,
  'message.updated': false,
  'room.closed': true,
  'member.unread': true,
  'customer.waiting': true,
};
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
  const site = siteFrom(read);
  return {
    stage,
    keepsData,
    issuers,
    origins: originsFrom(read, site),
    productHosts: listFrom(read, {
      name: 'PARLEY_PRODUCT_HOSTS',
      pattern: HOST,
      example: 'a.example',
    }),
    limits: limitsFrom(read('PARLEY_LIMITS')),
    reminders: remindersFrom(parseJson('PARLEY_REMINDERS', read('PARLEY_REMINDERS') ?? {})),
    events: eventsFrom(read('PARLEY_EVENTS')),
    site,
  };
}

/** The stage's own site is let in too; where no list is given, everybody is. */
function originsFrom(read: ReadSetting, { domain }: SiteSettings): readonly string[] {
  const rule = { name: 'PARLEY_ORIGINS', pattern: ORIGIN, example: 'https://a.example' };
  const given = listFrom(read, rule);
  if (!domain || given.length === 0) return given;
  return [...new Set([...given, `https://${domain.name}`])];
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

function remindersFrom(value: unknown): ReminderDelays {
  const example = JSON.stringify(DELAYS);
  if (value === null) return { unreadMinutes: null, waitingMinutes: null };
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`PARLEY_REMINDERS must be a JSON object such as ${example}.`);
  }
  const settings: ReminderDelays = { ...DELAYS, ...value };
  for (const [name, minutes] of Object.entries(settings)) {
    if (!Object.hasOwn(DELAYS, name)) {
      throw new Error(`PARLEY_REMINDERS: unknown setting "${name}". It is like ${example}.`);
    }
    const isDelay = typeof minutes === 'number' && minutes >= 0 && minutes <= MAX_MINUTES;
    if (minutes !== null && !isDelay) {
      const rule = `from 0 to ${MAX_MINUTES} minutes, or null, which like 0 switches it off`;
      throw new Error(`PARLEY_REMINDERS: ${name} must be ${rule}.`);
    }
  }
  const { unreadMinutes, waitingMinutes } = settings;
  return { unreadMinutes: unreadMinutes || null, waitingMinutes: waitingMinutes || null };
}

function eventsFrom(value: unknown): readonly BusEventType[] {
  const known = Object.keys(EVENTS).filter(isEventType);
  const chosen = parseJson('PARLEY_EVENTS', value ?? known.filter((type) => EVENTS[type]));
  if (!Array.isArray(chosen)) {
    throw new Error(`PARLEY_EVENTS must be a JSON list such as ["${known[0]}"].`);
  }
  return chosen.map((type: unknown) => {
    if (isEventType(type)) return type;
    throw new Error(
      `PARLEY_EVENTS: unknown event ${JSON.stringify(type)}. Known: ${known.join(', ')}.`,
    );
  });
}

function isEventType(type: unknown): type is BusEventType {
  return typeof type === 'string' && Object.hasOwn(EVENTS, type);
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
