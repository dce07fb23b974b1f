/** What stands between the functions and the database: every call is judged by the role of its function, then handed on. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';

import { headerClaim, sha256, signedRequestOf, verifyRequest } from '../aws/signature.ts';
import type { Guard, Right } from '../iam/roles.ts';
import { readBody } from '../http-gateway-payload.ts';
import { jsonOf, textOf, type Json } from '../json.ts';
import { arnOf } from '../template/resource-types.ts';
import { signedHeaders, type DynamodbAccess } from './dynamodb-api.ts';

/** The gate behind its address. */
export interface DatabaseGate {
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Lets go of the kept connections. */
  close(): void;
}

/** DynamoDB's own limit is 16 MB for an answer and less for a call. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Builds the gate. `access` is the engine's address and the runtime's own key. */
export function createDatabaseGate(access: DynamodbAccess, guard: Guard): DatabaseGate {
  const isSecure = access.endpoint.startsWith('https:');
  const agent = new (isSecure ? https : http).Agent({ keepAlive: true });
  return {
    close: () => agent.destroy(),
    async handle(request, response) {
      try {
        const body = await readBody(request, MAX_BODY_BYTES);
        if (!body) return refuse(response, 'RequestTooLarge', 'The request is too large.');
        const refusal = judge({ request, body, access, guard });
        if (refusal) return refuse(response, refusal.name, refusal.message);
        await handOn({ access, agent, request, body }, response);
      } catch {
        // The caller left, or the engine did: the SDK tries again, as after any broken connection.
        response.destroy();
      }
    },
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly access: DynamodbAccess;
  readonly guard: Guard;
}

function judge({
  request,
  body,
  access,
  guard,
}: Call): { name: string; message: string } | undefined {
  const signed = signedRequestOf(request);
  const claim = signed && headerClaim(signed);
  if (!claim) return { name: 'MissingAuthenticationTokenException', message: 'It is not signed.' };
  if (verifyRequest(signed, claim, { access, payloadHash: sha256(body) }) !== 'valid') {
    return { name: 'UnrecognizedClientException', message: 'The signature does not match.' };
  }
  const operation = targetOf(request).split('.').pop() ?? '';
  const refusal = guard(claim.accessKeyId, rightsOf(operation, jsonOf(parse(body))));
  return refusal === undefined ? undefined : { name: 'AccessDeniedException', message: refusal };
}

/** What a call of DynamoDB needs; one without a table needs what nobody has. */
export function rightsOf(operation: string, input: Json): readonly Right[] {
  const action = `dynamodb:${operation}`;
  const items = jsonOf(input['RequestItems']);
  const tables =
    input['RequestItems'] === undefined ? [textOf(input['TableName'])] : Object.keys(items);
  const index = textOf(input['IndexName']);
  return tables.map((name) => ({
    action,
    resource: arnOf('dynamodb', `table/${name}${index === '' ? '' : `/index/${index}`}`),
  }));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function targetOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target'] ?? '');
}

interface Handing {
  readonly access: DynamodbAccess;
  readonly agent: http.Agent;
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** Signed anew with the runtime's own key: the engine knows no other, and some keep a database per key. */
function handOn(
  { access, agent, request, body }: Handing,
  response: ServerResponse,
): Promise<void> {
  const { request: send } = access.endpoint.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const trace = request.headers['x-amzn-trace-id'];
    const headers = {
      ...signedHeaders(access, targetOf(request), body),
      ...(trace !== undefined && { 'x-amzn-trace-id': trace }),
    };
    const sent = send(access.endpoint, { method: 'POST', agent, headers });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on('error', reject);
      answer.on('end', resolve);
      answer.pipe(response);
    });
    sent.end(body);
  });
}

function refuse(response: ServerResponse, name: string, message: string): void {
  const text = JSON.stringify({ __type: `com.amazon.coral.service#${name}`, message });
  response.writeHead(400, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
