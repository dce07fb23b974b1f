/** Lambda's own API, as far as an operator's tools call it: a function invoked by its name, and its answer awaited. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import {
  headerClaim,
  sha256,
  signedRequestOf,
  verifyRequest,
  type Access,
} from '../aws/signature.ts';
import { readBody } from '../http-gateway-payload.ts';
import type { Guard } from '../iam/roles.ts';
import type { FunctionModel, Invoke } from '../model.ts';
import { arnOf } from '../template/resource-types.ts';
import { MAX_EVENT_BYTES } from './event-size.ts';

/** What the API stands before. */
export interface InvokeApiOptions {
  readonly functions: readonly FunctionModel[];
  readonly invoke: Invoke;
  readonly access: Access;
  readonly guard: Guard;
}

/** The API behind its address. */
export interface InvokeApi {
  /** Answers `…/2015-03-31/functions/{name or ARN}/invocations`, whatever stands before it. Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** An answer: an error has a name, which the SDK makes its exception of. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A function's ARN, as events and dead letters name it. */
export const functionArnOf = (name: string): string => arnOf('lambda', `function:${name}`);

/** Builds the API. */
export function createInvokeApi(options: InvokeApiOptions): InvokeApi {
  return {
    async handle(request, response) {
      try {
        const body = await readBody(request, MAX_EVENT_BYTES);
        write(response, await answer(options, request, body));
      } catch {
        // Nothing else fails but reading the body: the caller left, and nobody waits for an answer.
        response.destroy();
      }
    },
  };
}

async function answer(
  { functions, invoke, access, guard }: InvokeApiOptions,
  request: IncomingMessage,
  body: Buffer | undefined,
): Promise<Answer> {
  if (!body) return refusal(413, 'RequestTooLargeException', 'The event is too large.');
  const signed = signedTwice(request);
  const claim = signed && headerClaim(signed);
  if (!claim || verifyRequest(signed, claim, { access, payloadHash: sha256(body) }) !== 'valid') {
    return refusal(403, 'UnrecognizedClientException', 'The call is not signed as it should be.');
  }
  const name = functionNameIn(request.url ?? '');
  const model = functions.find(({ functionName }) => functionName === name);
  if (!model) return refusal(404, 'ResourceNotFoundException', `No function ${name}.`);
  const resource = functionArnOf(model.functionName);
  const denied = guard(claim.accessKeyId, [{ action: 'lambda:InvokeFunction', resource }]);
  if (denied !== undefined) return refusal(403, 'AccessDeniedException', denied);
  const event = parse(body);
  if (event === undefined) return refusal(400, 'InvalidRequestContentException', 'No JSON.');
  const result = await invoke(model.logicalId, event);
  if (result.ok) return { status: 200, body: result.payload };
  const { errorType, errorMessage } = result;
  return {
    status: 200,
    body: { errorType, errorMessage },
    headers: { 'x-amz-function-error': 'Unhandled' },
  };
}

/** Every service but S3 signs the path with its escapes escaped once more: an ARN's colons show it. */
function signedTwice(request: IncomingMessage) {
  const signed = signedRequestOf(request);
  return signed && { ...signed, path: signed.path.replaceAll('%', '%25') };
}

/** The last part of an ARN without its version, or the name itself; nothing where its escapes are none. */
function functionNameIn(url: string): string {
  const [, encoded = ''] = /\/functions\/([^/]+)\/invocations(?:\?|$)/u.exec(url) ?? [];
  const name = decoded(encoded);
  return name.startsWith('arn:') ? (name.split(':')[6] ?? '') : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function refusal(status: number, name: string, message: string): Answer {
  return { status, body: { message }, headers: { 'x-amzn-errortype': name } };
}

function write(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body ?? null);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
