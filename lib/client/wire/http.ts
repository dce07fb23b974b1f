/** One HTTP call: with a token, a deadline, and every refusal as a ChatError. */
import { ChatError, type ErrorCode, type ErrorDetails, isErrorCode } from '#protocol/errors.ts';

import type { Ports } from '../ports.ts';
import { isOfToken } from '../retry.ts';
import type { Tokens } from './tokens.ts';

/** How long an answer may take; the gateway itself gives up after 30 s. */
const DEADLINE_MS = 12_000;

/** Who calls, and where. */
export interface CallOptions {
  /** The API's base address with its version. */
  readonly api: string;
  readonly device: string;
  readonly tokens: Tokens;
  readonly ports: Pick<Ports, 'fetch' | 'after'>;
}

/** A call of the API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments behind the base; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Record<string, string | number | null>;
  readonly body?: unknown;
}

/** Makes a call and reads its answer. @throws ChatError `unavailable` when nothing answered */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the answer's type
export async function ask<T>(options: CallOptions, call: Call): Promise<T> {
  return parseBody<T>(await answer(options, call));
}

/** Makes a call whose answer says nothing. @throws ChatError as `ask` */
export async function tell(options: CallOptions, call: Call): Promise<void> {
  await answer(options, call);
}

/** The text of a good answer. A token that the server does not take is replaced once. */
async function answer(options: CallOptions, call: Call): Promise<string> {
  const token = await options.tokens.get();
  try {
    return await attempt(options, call, token.text);
  } catch (error) {
    if (!isOfToken(error)) throw error;
    const fresh = await options.tokens.get(token.text);
    return attempt(options, call, fresh.text);
  }
}

async function attempt(options: CallOptions, call: Call, token: string): Promise<string> {
  const { ports, device } = options;
  const url = addressOf(options.api, call);
  const deadline = new AbortController();
  const cancel = ports.after(DEADLINE_MS, () => deadline.abort());
  try {
    const response = await ports.fetch(url, {
      method: call.method,
      headers: headersOf(call, token, device),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: deadline.signal,
    });
    const text = await response.text();
    if (response.status >= 200 && response.status < 300) return text;
    throw refusalOf(response.status, text, response.headers.get('retry-after'));
  } catch (error) {
    if (error instanceof ChatError) throw error;
    const message = deadline.signal.aborted
      ? `No answer from ${url} within ${DEADLINE_MS / 1000} s.`
      : `Could not reach ${url}: check the address, the network, and that the API's CORS settings allow this origin.`;
    throw new ChatError('unavailable', { message }, { cause: error });
  } finally {
    cancel();
  }
}

function addressOf(api: string, { path, query = {} }: Call): string {
  const url = `${api.replace(/\/+$/u, '')}/${path.map(encodeURIComponent).join('/')}`;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) search.set(name, String(value));
  }
  return search.size === 0 ? url : `${url}?${search}`;
}

function headersOf({ body }: Call, token: string, device: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'parley-device': device,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
}

/** The gateway's own refusals have no code of ours: their status says what they mean. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported',
  429: 'rate_limited',
};

function refusalOf(status: number, text: string, retryAfter: string | null): ChatError {
  const { code, detail, title, errors, ...rest } = parseProblem(text);
  const seconds = typeof rest.retryAfter === 'number' ? rest.retryAfter : Number(retryAfter ?? NaN);
  const message = detail ?? title;
  const details: ErrorDetails = {
    ...(typeof message === 'string' && { message }),
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
    ...(Array.isArray(errors) && { errors }),
  };
  if (isErrorCode(code)) return new ChatError(code, details);
  const fallback = status >= 500 ? 'unavailable' : 'invalid';
  return new ChatError(CODE_OF_STATUS[status] ?? fallback, details);
}

function parseProblem(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    // A proxy's page instead of JSON: the status alone has to do.
    return {};
  }
}

/** The contract is checked where the server makes it; here its answers are taken at their word. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the answer's type
function parseBody<T>(text: string): T {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above: this is the parse function
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new ChatError(
      'unavailable',
      { message: 'The API answered something that is no JSON: does its address end in /v1?' },
      { cause },
    );
  }
}
