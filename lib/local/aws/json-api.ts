/** AWS's JSON protocol, as SQS and EventBridge speak it: an operation by its header, signed, JSON both ways. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { readBody } from '../http-gateway-payload.ts';
import { jsonOf, type Json } from '../json.ts';
import type { Guard, Right } from '../iam/roles.ts';
import { headerClaim, sha256, signedRequestOf, verifyRequest, type Access } from './signature.ts';

/** Answers one call. @throws ServiceError for what the caller did wrong */
export type Operation = (input: Json) => unknown;

/** A service behind its address. */
export interface JsonApi {
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** What a service is made of. */
export interface JsonApiOptions {
  /** What stands before the operation in `x-amz-target`: `AmazonSQS`. */
  readonly target: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly access: Access;
  readonly guard: Guard;
  /** What a call needs; a queue or a bus that is not there needs nothing, since it fails by itself. */
  readonly rightsOf: (operation: string, input: Json) => readonly Right[];
}

/** A refusal as the SDK makes an exception of it. `legacyName` is what SQS called it before it spoke JSON. */
export class ServiceError extends Error {
  readonly legacyName: string;

  constructor(name: string, message: string, legacyName = name) {
    super(message);
    this.name = name;
    this.legacyName = legacyName;
  }
}

/** A batch of the largest messages, and their escapes. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Builds the service. What it does not know is an error that says so. */
export function createJsonApi(options: JsonApiOptions): JsonApi {
  return {
    async handle(request, response) {
      try {
        const body = await readBody(request, MAX_BODY_BYTES);
        write(response, await answer(options, request, body));
      } catch {
        // Only reading the body can fail: the caller left, and nobody waits for an answer.
        response.destroy();
      }
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly error?: ServiceError;
}

async function answer(
  options: JsonApiOptions,
  request: IncomingMessage,
  body: Buffer | undefined,
): Promise<Answer> {
  try {
    if (!body) throw new ServiceError('RequestEntityTooLarge', 'The request is too large.');
    const accessKeyId = requireSignature(options.access, request, body);
    const input = inputOf(body);
    const { name, operation } = operationOf(options, request);
    const refusal = options.guard(accessKeyId, options.rightsOf(name, input));
    if (refusal !== undefined) throw new ServiceError('AccessDeniedException', refusal);
    return { status: 200, body: await operation(input) };
  } catch (error) {
    if (!(error instanceof ServiceError)) {
      return { status: 500, body: { __type: 'InternalFailure', message: String(error) } };
    }
    return { status: 400, body: { __type: error.name, message: error.message }, error };
  }
}

/** @returns the id of the key that signed */
function requireSignature(access: Access, request: IncomingMessage, body: Buffer): string {
  const signed = signedRequestOf(request);
  const claim = signed && headerClaim(signed);
  if (!claim) throw new ServiceError('MissingAuthenticationToken', 'The call is not signed.');
  const verdict = verifyRequest(signed, claim, { access, payloadHash: sha256(body) });
  if (verdict === 'valid') return claim.accessKeyId;
  throw verdict === 'mismatch'
    ? new ServiceError('InvalidSignatureException', 'The signature does not match.')
    : new ServiceError('UnrecognizedClientException', 'The access key is not known here.');
}

function inputOf(body: Buffer): Json {
  try {
    return jsonOf(JSON.parse(body.toString()));
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON.');
  }
}

function operationOf({ target, operations }: JsonApiOptions, request: IncomingMessage) {
  const asked = String(request.headers['x-amz-target'] ?? '');
  const name = asked.startsWith(`${target}.`) ? asked.slice(target.length + 1) : '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation) return { name, operation };
  throw new ServiceError(
    'UnknownOperationException',
    `The local runtime does not know ${asked || 'a call without x-amz-target'}.`,
  );
}

function write(response: ServerResponse, { status, body, error }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
    ...(error && { 'x-amzn-query-error': `${error.legacyName};Sender` }),
  });
  response.end(text);
}
