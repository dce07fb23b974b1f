/** Fills the tables with others: copies of the rows that the stack itself made, under other names and at other times. */
import { createDynamodbApi, type DynamodbApi } from '../../lib/local/database/dynamodb-api.ts';
import { startEngine } from '../../lib/local/database/engine.ts';
import type { Json } from '../../lib/local/json.ts';
import type { Scene } from './scene.ts';

/** How many others there are: all of one shop, which is the hardest case for its lists. */
export const OTHERS = 10_000;
/** Rooms of another shop, which has just opened, all of them waiting; as many wait in the large shop. */
export const FEW = 10;
/** Rooms of a shop that has not answered anybody for days. */
export const LATE = 1_000;
/** Of an hour. */
const ROOMS_PER_BUCKET = 25;
const BATCH = 25;
const PARALLEL = 4;
const HOUR_MS = 3_600_000;

type TableName = 'Rooms' | 'Messages' | 'Connections';

/** A row in DynamoDB's own JSON: `{ "roomId": { "S": "…" } }`. */
type Row = Record<string, Json>;

/** Rows of the scene's room: what every copy is made from. */
interface Templates {
  readonly head: Row;
  readonly about: Row;
  readonly message: Row;
  readonly connection: Row;
}

/** A database full of others, and what belongs to it. */
export interface Crowd {
  readonly databaseEndpoint: string;
  /** The shop with all of the rooms, the one with few, and the one that answers nobody. */
  readonly vendorId: string;
  readonly newVendorId: string;
  readonly lateVendorId: string;
  stop(): Promise<void>;
}

/**
 * Makes a database of its own with the scene's tables and fills it. The streams are switched on after
 * that: with them, the engine writes ever slower, and the consumers would work off all of it.
 */
export async function openCrowd(scene: Scene): Promise<Crowd> {
  const engine = await startEngine({ dataFolder: undefined, endpoint: undefined });
  const templates = await withDatabase(scene, (api, nameOf) => readTemplates(scene, api, nameOf));
  const ids = {
    vendorId: crypto.randomUUID(),
    newVendorId: crypto.randomUUID(),
    lateVendorId: crypto.randomUUID(),
  };
  const api = apiOf(engine.endpoint);
  const { tables } = scene.stack.runtime.assembly;
  for (const { createRequest } of tables) {
    const { StreamSpecification: _stream, ...rest } = createRequest;
    await api.table('CreateTable', rest);
  }
  const shops = [
    { vendorId: ids.newVendorId, rooms: FEW, waiting: FEW },
    { vendorId: ids.vendorId, rooms: OTHERS, waiting: FEW },
    { vendorId: ids.lateVendorId, rooms: LATE, waiting: LATE },
  ];
  const rows = shops.flatMap(({ vendorId, rooms, waiting }) =>
    Array.from({ length: rooms }, (_, number) =>
      rowsOf(scene, templates, { number, vendorId, isWaiting: number < waiting }),
    ),
  );
  for (const table of ['Rooms', 'Messages', 'Connections'] as const) {
    const all = rows.flatMap((one) => one[table]);
    await writeAll(api, tableNamed(scene, table), all);
  }
  for (const { tableName, createRequest } of tables) {
    const { StreamSpecification } = createRequest;
    if (StreamSpecification !== undefined) {
      await api.table('UpdateTable', { TableName: tableName, StreamSpecification });
    }
  }
  api.close();
  return { databaseEndpoint: engine.endpoint, ...ids, stop: () => engine.stop() };
}

/** Puts the scene's last message an hour back, as if nobody had said anything since. */
export async function agedAnHour(scene: Scene): Promise<void> {
  await withDatabase(scene, async (api, nameOf) => {
    const head = await readRow(api, nameOf('Rooms'), headKey(scene));
    const at = new Date(Date.parse(textIn(head, 'lastActivityAt')) - HOUR_MS).toISOString();
    const Item = { ...head, ...hourOf(at) };
    await api.table('PutItem', { TableName: nameOf('Rooms'), Item });
  });
}

async function withDatabase<T>(
  scene: Scene,
  work: (api: DynamodbApi, nameOf: (table: TableName) => string) => Promise<T>,
): Promise<T> {
  const api = apiOf(scene.stack.runtime.databaseEndpoint);
  try {
    return await work(api, (table) => tableNamed(scene, table));
  } finally {
    api.close();
  }
}

function apiOf(endpoint: string): DynamodbApi {
  const who = { region: 'us-east-1', accessKeyId: 'local', secretAccessKey: 'local' };
  return createDynamodbApi({ endpoint, ...who });
}

function tableNamed({ stack }: Scene, table: TableName): string {
  const model = stack.runtime.assembly.tables.find(({ logicalId }) => logicalId.includes(table));
  if (!model) throw new Error(`The template has no table ${table}.`);
  return model.tableName;
}

async function readTemplates(
  scene: Scene,
  api: DynamodbApi,
  nameOf: (table: TableName) => string,
): Promise<Templates> {
  const { roomId } = scene;
  const head = await readRow(api, nameOf('Rooms'), headKey(scene));
  const about = await readRow(api, nameOf('Rooms'), { ...headKey(scene), part: { S: 'about' } });
  const message = await readRow(api, nameOf('Messages'), {
    roomId: { S: roomId },
    seq: { N: '2' },
  });
  const { Items } = (await api.table('Query', {
    TableName: nameOf('Connections'),
    KeyConditionExpression: '#member = :member',
    ExpressionAttributeNames: { '#member': 'member' },
    ExpressionAttributeValues: { ':member': { S: textIn(head, 'customer') } },
  })) as { Items?: Row[] };
  return { head, about, message, connection: Items?.[0] ?? {} };
}

/** One other room with its newest message and its customer's socket. */
function rowsOf(
  scene: Scene,
  { head, about, message, connection }: Templates,
  { number, vendorId, isWaiting }: { number: number; vendorId: string; isWaiting: boolean },
): Record<TableName, Row[]> {
  const customer: [string, string] = [textIn(head, 'customer'), `customer:${crypto.randomUUID()}`];
  const vendor: [string, string] = [textIn(head, 'vendor'), `vendor:${vendorId}`];
  // As long as a real one: `d-` and 43 characters.
  const roomId = `d-${crypto.randomUUID()}${String(number).padStart(7, '0')}`;
  const names = [customer, vendor, [scene.roomId, roomId] as [string, string]];
  const at = new Date(Date.now() - (number / ROOMS_PER_BUCKET) * HOUR_MS).toISOString();
  const { lane: _lane, laneAt: _laneAt, ...plain } = renamed(head, names);
  const lane = {
    lane: { S: `vendor:${vendorId}#attention` },
    laneAt: { S: at },
    lastFrom: { S: 'customer' },
  };
  return {
    Rooms: [{ ...plain, ...hourOf(at), ...(isWaiting && lane) }, renamed(about, names)],
    Messages: [renamed(message, names)],
    Connections: [renamed(connection, [customer])],
  };
}

function hourOf(at: string): Row {
  return { lastActivityAt: { S: at }, bucket: { S: at.slice(0, 13) } };
}

function renamed(row: Row, names: readonly [string, string][]): Row {
  let text = JSON.stringify(row);
  for (const [from, to] of names) text = text.replaceAll(from, to);
  return JSON.parse(text) as Row;
}

async function writeAll(api: DynamodbApi, table: string, rows: readonly Row[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, number) =>
    rows.slice(number * BATCH, (number + 1) * BATCH),
  ).values();
  const writer = async () => {
    for (const batch of batches) {
      const requests = batch.map((Item) => ({ PutRequest: { Item } }));
      await api.table('BatchWriteItem', { RequestItems: { [table]: requests } });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, writer));
}

async function readRow(api: DynamodbApi, TableName: string, Key: Json): Promise<Row> {
  const { Item } = (await api.table('GetItem', { TableName, Key, ConsistentRead: true })) as {
    Item?: Row;
  };
  if (!Item) throw new Error(`No row in ${TableName}.`);
  return Item;
}

function headKey({ roomId }: Scene): Row {
  return { roomId: { S: roomId }, part: { S: 'head' } };
}

function textIn(row: Row, name: string): string {
  return String(row[name]?.['S']);
}
