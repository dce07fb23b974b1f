/** The decision about a WebSocket handshake: identity sources, the authorizer with its policy, then `$connect`. */
import type { IncomingMessage } from 'node:http';
import { TIMED_OUT, within } from '../clock.ts';
import { isJson, type Json } from '../json.ts';
import type { AuthorizerModel, Clock, Invoke, InvokeResult, SocketApiModel } from '../model.ts';
import type { Undocumented } from '../undocumented.ts';
import {
  type ConnectionFacts,
  type EventOrigin,
  authorizerEvent,
  connectEvent,
  gatewayId,
  methodArnOf,
  queryOf,
} from './events.ts';

/** How long API Gateway waits for an integration of a WebSocket API. */
export const SOCKET_INTEGRATION_TIMEOUT_MS = 29_000;
const MAX_AUTHORIZER_ANSWER_BYTES = 8 * 1024;

/** What a handshake is decided with. */
export interface HandshakeInput {
  readonly model: SocketApiModel;
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly request: IncomingMessage;
  /** The connection that will be, before its authorizer has spoken. */
  readonly facts: ConnectionFacts;
  readonly undocumented: Undocumented;
}

/** A refused handshake: the status and the gateway's own word for it. */
export interface Refusal {
  readonly accepted: false;
  readonly status: number;
  readonly message: string;
}

/** An accepted handshake: the connection as its events will show it, and the subprotocol to echo, if any. */
export interface Acceptance {
  readonly accepted: true;
  readonly facts: ConnectionFacts;
  readonly subprotocol: string | undefined;
}

/** Asks the authorizer of `$connect` and then its integration. */
export async function decideHandshake(input: HandshakeInput): Promise<Acceptance | Refusal> {
  const route = input.model.routes.find(({ routeKey }) => routeKey === '$connect');
  if (route === undefined) return { accepted: true, facts: input.facts, subprotocol: undefined };
  if (route.authorizer === undefined) return askConnect(input, route.functionId);
  const verdict = await askAuthorizer(input, route.authorizer);
  if ('status' in verdict) return verdict;
  const facts = { ...input.facts, authorizer: verdict.context };
  return askConnect({ ...input, facts }, route.functionId);
}

type AuthorizerVerdict = Refusal | { readonly context: Record<string, string> };

async function askAuthorizer(
  input: HandshakeInput,
  authorizer: AuthorizerModel,
): Promise<AuthorizerVerdict> {
  const isMissing = (source: string) => !hasIdentity(source, input.request);
  if (!input.undocumented.asksAuthorizerWithoutIdentity) {
    if (authorizer.identitySources.some(isMissing)) return refuse(401);
  }
  const event = authorizerEvent(originOf(input), input.request);
  const answer = await within(
    input.clock,
    SOCKET_INTEGRATION_TIMEOUT_MS,
    input.invoke(authorizer.functionId, event),
  );
  return judgeAuthorizerAnswer(answer, input);
}

function judgeAuthorizerAnswer(
  answer: InvokeResult | typeof TIMED_OUT,
  { model, undocumented }: HandshakeInput,
): AuthorizerVerdict {
  if (answer === TIMED_OUT) return refuse(500);
  if (!answer.ok) return refuse(answer.errorMessage === 'Unauthorized' ? 401 : 500);
  const { payload } = answer;
  if (isJson(payload) && hasNestedContext(payload)) return refuse(undocumented.nestedContextStatus);
  const context = readAuthorizerContext(payload);
  if (context === undefined || !isJson(payload)) return refuse(500);
  const allowed = isAllowed(payload['policyDocument'], methodArnOf(model));
  if (allowed === undefined) return refuse(500);
  return allowed ? { context } : refuse(403);
}

/** The answer's context as text with the principal; undefined where the answer is malformed or over 8 KB. */
export function readAuthorizerContext(payload: unknown): Record<string, string> | undefined {
  if (!isJson(payload) || typeof payload['principalId'] !== 'string') return undefined;
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_AUTHORIZER_ANSWER_BYTES) return undefined;
  const context = payload['context'] ?? {};
  if (!isJson(context)) return undefined;
  const entries = Object.entries(context).filter(([, value]) => value !== null);
  if (!entries.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))) {
    return undefined;
  }
  const texts = entries.map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(texts), principalId: payload['principalId'] };
}

function hasNestedContext({ context }: Json): boolean {
  return (
    isJson(context) && Object.values(context).some((value) => isJson(value) || Array.isArray(value))
  );
}

/** Whether an IAM policy allows the call: a Deny wins, silence denies; undefined for what is no policy. */
export function isAllowed(policy: unknown, methodArn: string): boolean | undefined {
  if (!isJson(policy)) return undefined;
  const statements = listOf(policy['Statement']);
  if (statements.length === 0 || !statements.every(isJson)) return undefined;
  const effects = statements
    .filter(
      (statement) =>
        listOf(statement['Action']).some((action) => matches(action, 'execute-api:Invoke')) &&
        listOf(statement['Resource']).some((resource) => matches(resource, methodArn)),
    )
    .map((statement) => statement['Effect']);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** IAM's wildcards: `*` for any run of characters, `?` for one. */
function matches(pattern: unknown, value: string): boolean {
  if (typeof pattern !== 'string') return false;
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`);
  const source = literal.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu').test(value);
}

async function askConnect(
  input: HandshakeInput,
  functionId: string,
): Promise<Acceptance | Refusal> {
  const answer = await within(
    input.clock,
    SOCKET_INTEGRATION_TIMEOUT_MS,
    input.invoke(functionId, connectEvent(originOf(input), input.request)),
  );
  if (answer === TIMED_OUT) return refuse(input.undocumented.connectTimeoutStatus);
  const status = answer.ok ? statusOf(answer.payload) : undefined;
  if (!answer.ok || status === undefined) return refuse(input.undocumented.connectFailedStatus);
  if (status < 200 || status > 299) return refuse(status);
  return { accepted: true, facts: input.facts, subprotocol: subprotocolOf(answer.payload) };
}

/** The status of a proxy integration's answer; undefined where there is no valid one. */
export function statusOf(payload: unknown): number | undefined {
  if (!isJson(payload)) return undefined;
  const status = Number(payload['statusCode'] ?? Number.NaN);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/** `$connect` selects the subprotocol by returning this header, in any spelling. */
function subprotocolOf(payload: unknown): string | undefined {
  const headers = isJson(payload) ? payload['headers'] : undefined;
  if (!isJson(headers)) return undefined;
  const entry = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
  );
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

/** Header names in any spelling, query names exactly; an empty value is a missing one. */
function hasIdentity(source: string, request: IncomingMessage): boolean {
  const { place, name } = parseIdentitySource(source);
  if (place === 'header') return Boolean(request.headers[name.toLowerCase()]);
  return Boolean(queryOf(request).get(name)?.some(Boolean));
}

/**
 * Where an identity source is found in the handshake.
 * @throws Error for a source the gateway doesn't know
 */
export function parseIdentitySource(source: string): { place: string; name: string } {
  const [, place, name] = /^route\.request\.(header|querystring)\.(.+)$/u.exec(source) ?? [];
  if (place === undefined || name === undefined) {
    throw new Error(
      `The gateway doesn't know the identity source "${source}". Use route.request.header.* or route.request.querystring.*.`,
    );
  }
  return { place, name };
}

function originOf({ model, facts, clock }: HandshakeInput): EventOrigin {
  return { model, facts, requestId: gatewayId(), now: clock.now() };
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  500: 'Internal server error',
  502: 'Internal server error',
  503: 'Service Unavailable',
  504: 'Endpoint request timed out',
};

/** A refusal with the gateway's own word for the status. */
export function refuse(status: number): Refusal {
  return { accepted: false, status, message: WORDS[status] ?? `Refused with ${status}` };
}
