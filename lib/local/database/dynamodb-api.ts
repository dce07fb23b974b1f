/** DynamoDB's JSON API, signed, for what the runtime itself asks of the engine: tables, streams and expired rows. */
import http from 'node:http';
import https from 'node:https';

import { sha256, signText, type Access } from '../aws/signature.ts';
import { jsonOf, textOf, type Json } from '../json.ts';

/** An engine's address, and who calls it. */
export interface DynamodbAccess extends Access {
  readonly endpoint: string;
  readonly region: string;
}

/** Calls DynamoDB, or its streams. Rejects with a `DynamodbError` where the engine refuses. */
export interface DynamodbApi {
  table(operation: string, input: Json): Promise<Json>;
  stream(operation: string, input: Json): Promise<Json>;
  /** Lets go of the kept connections. */
  close(): void;
}

/** A refusal: `name` is the short type, `ResourceNotFoundException`. */
export class DynamodbError extends Error {
  constructor(name: string, operation: string, message: string) {
    super(`${operation}: ${message}`);
    this.name = name;
  }
}

const TARGETS = { table: 'DynamoDB_20120810', stream: 'DynamoDBStreams_20120810' } as const;

/** Builds the client. It keeps its connections open. */
export function createDynamodbApi(access: DynamodbAccess): DynamodbApi {
  const isSecure = access.endpoint.startsWith('https:');
  const agent = new (isSecure ? https : http).Agent({ keepAlive: true, maxSockets: 4 });
  const call = async (kind: keyof typeof TARGETS, operation: string, input: Json) => {
    const body = JSON.stringify(input);
    const headers = signedHeaders(access, `${TARGETS[kind]}.${operation}`, body);
    const { status, text } = await post({ access, agent, headers, body });
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (status === 200) return jsonOf(answer);
    const { __type: type, message, Message } = jsonOf(answer);
    const name = textOf(type, `HTTP ${status}`).split('#').pop() ?? '';
    throw new DynamodbError(name, operation, textOf(message ?? Message, text));
  };
  return {
    table: (operation, input) => call('table', operation, input),
    stream: (operation, input) => call('stream', operation, input),
    close: () => agent.destroy(),
  };
}

interface Post {
  readonly access: DynamodbAccess;
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Once more where a kept connection was closed just then: the engine lets go of those that rest, and every call here may be made twice. */
function post(call: Post): Promise<{ status: number; text: string }> {
  const { access, agent, headers, body } = call;
  const { request } = access.endpoint.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const sent = request(access.endpoint, { method: 'POST', agent, headers, timeout: 10_000 });
    sent.on('timeout', () => sent.destroy(new Error(`${access.endpoint} did not answer in 10 s.`)));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(post(call));
      else reject(error);
    });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.end(body);
  });
}

/** Signature version 4 of a call without a query: an engine may check it, and most want at least its form. */
export function signedHeaders(access: DynamodbAccess, target: string, body: string | Buffer) {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/gu, '');
  const scope = `${at.slice(0, 8)}/${access.region}/dynamodb/aws4_request`;
  const { host } = new URL(access.endpoint);
  const names = 'content-type;host;x-amz-date;x-amz-target';
  const type = 'application/x-amz-json-1.0';
  const canonical = [
    'POST\n/\n',
    `content-type:${type}\nhost:${host}\nx-amz-date:${at}\nx-amz-target:${target}\n`,
    names,
    sha256(body),
  ].join('\n');
  const toSign = `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`;
  return {
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-date': at,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${access.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signText(toSign, scope, access)}`,
  };
}
