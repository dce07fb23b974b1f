/** Stands between the functions and the database: each call passes the faults in turn, and may not come back. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type Item = Record<string, unknown>;

/** What faults look at in requests and answers; everything else passes through. */
export interface Body {
  readonly TableName?: string;
  readonly ConsistentRead?: boolean;
  readonly Item?: Item;
  readonly Items?: Item[];
  readonly Key?: Item;
  readonly Table?: { readonly KeySchema: readonly { readonly AttributeName: string }[] };
  readonly Count?: number;
}

/** A call of a function. */
export interface DatabaseCall {
  /** `PutItem`. */
  readonly operation: string;
  /** `Messages`: the table by what it is for, without the stack's name around it. */
  readonly table: string;
  readonly body: Body;
  /** The tracing header of the invocation that makes it. */
  readonly trace: string;
  /** Asks the database something beside. */
  readonly ask: (operation: string, body: string) => Promise<Answer>;
}

/** An answer, or none: then the connection breaks. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}
export type Answered = Answer | null;

/** Something that may go wrong: hands the call on by `next`, or not. */
export type DatabaseFault = (
  call: DatabaseCall,
  next: () => Promise<Answered>,
) => Promise<Answered>;

/** A running proxy. */
export interface FaultProxy {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const TABLES = /(Rooms|Messages|Connections|Profiles)/u;

/** Starts a proxy before a database; the first fault stands next to the functions. */
export async function startFaultProxy(
  upstream: string,
  faults: readonly DatabaseFault[],
): Promise<FaultProxy> {
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    serve({ upstream, agent, faults }, request)
      .then((answer) => {
        if (answer === null) return response.destroy();
        response.writeHead(answer.status, {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(answer.text),
        });
        return response.end(answer.text);
      })
      // The engine or the caller is gone: either way nobody gets an answer.
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The address of a listening TCP server is never text.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

interface Setup {
  readonly upstream: string;
  readonly agent: http.Agent;
  readonly faults: readonly DatabaseFault[];
}

async function serve(setup: Setup, request: http.IncomingMessage): Promise<Answered> {
  const text = (await readAll(request)).toString();
  const ask = (operation: string, body: string) =>
    forward(setup, request.headers, { operation, body });
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  const body = parse(text);
  const call: DatabaseCall = {
    operation,
    body,
    table: TABLES.exec(body.TableName ?? '')?.[1] ?? '',
    trace: String(request.headers['x-amzn-trace-id'] ?? ''),
    ask,
  };
  const pass = setup.faults.reduceRight<() => Promise<Answered>>(
    (next, fault) => () => fault(call, next),
    () => ask(operation, text),
  );
  return pass();
}

function forward(
  { upstream, agent }: Setup,
  headers: http.IncomingHttpHeaders,
  { operation, body }: { operation: string; body: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(upstream, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization: headers.authorization ?? '',
        'x-amz-date': String(headers['x-amz-date'] ?? ''),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const status = response.statusCode ?? 500;
      readAll(response).then((bytes) => resolve({ status, text: bytes.toString() }), reject);
    });
    sent.end(body);
  });
}

async function readAll(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A request or an answer, as far as faults look at it. */
export function parse(text: string): Body {
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return typeof body === 'object' && body !== null ? body : {};
}
