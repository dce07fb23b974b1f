/** The site's configuration: where the API is, read once from `/config.json`, so that one build serves every stage. */

/** What `/config.json` says, every address absolute and without a slash at its end. */
export interface SiteConfig {
  /** `https://….execute-api.eu-central-1.amazonaws.com/v1`. */
  readonly api: string;
  /** `wss://…`. */
  readonly socket: string;
  /** Answers a `POST` with the token of who is signed in; absent where the page brings its own. */
  readonly tokenUrl?: string;
  /** Where somebody signs in who is not. */
  readonly signInUrl?: string;
  /** The development runtime: its issuer believes whoever asks. Never true on AWS. */
  readonly local?: true;
}

/** Why there is no configuration: `unreachable` may pass, `invalid` has to be mended by whoever deployed. */
export class ConfigError extends Error {
  readonly kind: 'unreachable' | 'invalid';

  constructor(kind: ConfigError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ConfigError';
    this.kind = kind;
  }
}

/** The parts of the world that are used. */
export interface ConfigPorts {
  readonly fetch: (path: string, init: { readonly signal: AbortSignal }) => Promise<Response>;
  /** The page's own address; what the file says may be relative to it. */
  readonly pageUrl: string;
}

const PATH = '/config.json';
/** Nobody looks at an empty page for longer. */
const TIMEOUT_MS = 10_000;

let loading: Promise<SiteConfig> | undefined;

/**
 * The configuration: asked for once, and again after a failure.
 * @throws ConfigError
 */
export function loadConfig(): Promise<SiteConfig> {
  loading ??= readConfig({ fetch: (...of) => fetch(...of), pageUrl: location.href }).catch(
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/**
 * Reads and checks the file.
 * @throws ConfigError
 */
export async function readConfig({ fetch, pageUrl }: ConfigPorts): Promise<SiteConfig> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(PATH, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await answer.text();
  } catch (cause) {
    throw new ConfigError('unreachable', `${PATH} could not be read: no answer.`, cause);
  }
  if (answer.status >= 500 || answer.status === 429) {
    throw new ConfigError('unreachable', `${PATH} could not be read: status ${answer.status}.`);
  }
  if (!answer.ok) {
    const advice = 'npm run deploy writes it beside index.html';
    throw new ConfigError('invalid', `${PATH} is missing (status ${answer.status}): ${advice}.`);
  }
  return parseConfig(text, pageUrl);
}

/**
 * Checks what the file says. Addresses are `https:` and `wss:`, on a page of plain http also `http:` and `ws:`.
 * @throws ConfigError of kind `invalid`, naming the field
 */
export function parseConfig(text: string, pageUrl: string): SiteConfig {
  const fields = fieldsOf(text);
  const read = (name: string, kind: Kind) => addressOf(fields[name], { name, kind, pageUrl });
  const api = read('api', 'http');
  const socket = read('socket', 'ws');
  if (api === undefined) throw invalid('"api" is missing');
  if (socket === undefined) throw invalid('"socket" is missing');
  const tokenUrl = read('tokenUrl', 'http');
  const signInUrl = read('signInUrl', 'http');
  if (fields['local'] !== undefined && typeof fields['local'] !== 'boolean') {
    throw invalid('"local" must be true or false');
  }
  return {
    api,
    socket,
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(signInUrl !== undefined && { signInUrl }),
    ...(fields['local'] === true && { local: true }),
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('it is not a JSON object');
  }
  return { ...value };
}

type Kind = 'http' | 'ws';

interface Address {
  readonly name: string;
  readonly kind: Kind;
  readonly pageUrl: string;
}

/** A path is completed by the page's own origin, for a socket too. */
function addressOf(value: unknown, { name, kind, pageUrl }: Address): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw invalid(`"${name}" is not an address`);
  const url = parseUrl(value, { name, pageUrl });
  if (kind === 'ws' && !/^\w+:/u.test(value)) {
    url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  }
  const isPlainAllowed = pageUrl.startsWith('http:');
  const allowed = isPlainAllowed ? [`${kind}:`, `${kind}s:`] : [`${kind}s:`];
  if (!allowed.includes(url.protocol)) {
    throw invalid(`"${name}" must begin with ${allowed.map((it) => `${it}//`).join(' or ')}`);
  }
  return url.href.replace(/\/$/u, '');
}

function parseUrl(value: string, { name, pageUrl }: Omit<Address, 'kind'>): URL {
  try {
    return new URL(value, pageUrl);
  } catch (cause) {
    throw invalid(`"${name}" is not an address`, cause);
  }
}

function invalid(what: string, cause?: unknown): ConfigError {
  return new ConfigError('invalid', `${PATH} is wrong: ${what}.`, cause);
}
