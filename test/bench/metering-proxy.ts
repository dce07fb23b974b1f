/** Stands in front of a DynamoDB engine, asks it for the units of every request, and adds them up. */
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as forward,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Units and calls since the last reset. */
export interface Meter {
  writeUnits: number;
  readUnits: number;
  /** By operation and table, such as `PutItem Messages`. */
  calls: Record<string, Used>;
}

/** What one kind of call came to. */
export interface Used {
  count: number;
  units: number;
}

export interface MeteringProxy {
  readonly endpoint: string;
  /** What was used since the last call; starts again from nothing. */
  take(): Meter;
  stop(): Promise<void>;
}

const METERED = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
]);
const agent = new Agent({ keepAlive: true });
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

interface TableRequest {
  readonly TableName?: string;
  readonly RequestItems?: object;
}

interface Capacity {
  CapacityUnits?: number;
}

/** Starts the proxy on a free port in front of `endpoint`. */
export async function startMeteringProxy(endpoint: string): Promise<MeteringProxy> {
  let meter: Meter = { writeUnits: 0, readUnits: 0, calls: {} };
  const record = (operation: string, table: string, answer: unknown) => {
    const isWrite = WRITES.has(operation);
    const units = unitsOf(answer, isWrite && isConditionalFailure(answer));
    const used = (meter.calls[`${operation} ${table}`] ??= { count: 0, units: 0 });
    used.count += 1;
    used.units += units;
    if (isWrite) meter.writeUnits += units;
    else meter.readUnits += units;
  };
  const server = createServer((incoming, outgoing) => {
    void relay(endpoint, incoming, outgoing, record).catch((error: unknown) =>
      outgoing.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The address of a listening TCP server is never text.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = meter;
      meter = { writeUnits: 0, readUnits: 0, calls: {} };
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function relay(
  endpoint: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  record: (operation: string, table: string, answer: unknown) => void,
): Promise<void> {
  const operation =
    String(incoming.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const body = await readAll(incoming);
  const isMetered = METERED.has(operation);
  const asked = isMetered ? withCapacity(body) : body;
  // The engine does not check signatures, so a changed body may keep its old one.
  const {
    'content-length': _length,
    host: _host,
    'transfer-encoding': _encoding,
    ...headers
  } = incoming.headers;
  const answer = await send(
    endpoint,
    { ...headers, 'content-length': String(asked.length) },
    asked,
  );
  if (isMetered) {
    record(operation, tableOf(body), JSON.parse(answer.body.toString('utf8') || '{}'));
  }
  outgoing
    .writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
    .end(answer.body);
}

/** The table's name in the template, without its stack's and the number behind it. */
function tableOf(body: Buffer): string {
  const { TableName, RequestItems = {} } = JSON.parse(body.toString('utf8')) as TableRequest;
  const name = TableName ?? Object.keys(RequestItems)[0] ?? '';
  return /(Rooms|Messages|Connections|Profiles)/iu.exec(name)?.[1] ?? name;
}

function withCapacity(body: Buffer): Buffer {
  const parsed: Record<string, unknown> = JSON.parse(body.toString('utf8'));
  return Buffer.from(JSON.stringify({ ...parsed, ReturnConsumedCapacity: 'TOTAL' }));
}

/** A refused conditional write costs what the write would have; ours are of one unit. */
function unitsOf(answer: unknown, isRefusedWrite: boolean): number {
  if (isRefusedWrite) return 1;
  if (typeof answer !== 'object' || answer === null || !('ConsumedCapacity' in answer)) return 0;
  const capacity = answer.ConsumedCapacity as Capacity | Capacity[];
  return [capacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

function isConditionalFailure(answer: unknown): boolean {
  return JSON.stringify(answer).includes('ConditionalCheckFailedException');
}

function send(
  endpoint: string,
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = forward(endpoint, { method: 'POST', headers, agent }, (response) => {
      readAll(response).then(
        (answer) =>
          resolve({ status: response.statusCode ?? 500, headers: response.headers, body: answer }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
