/** What DynamoDB's TTL does: deletes expired rows, some time after they expired, in DynamoDB's own name. */
import { isJson, jsonOf, listOf, textOf, type Json } from '../json.ts';
import type { Clock, TableModel } from '../model.ts';
import type { DynamodbApi } from './dynamodb-api.ts';

/** What the sweeper works on. */
export interface TtlSweeperOptions {
  readonly api: DynamodbApi;
  readonly tables: readonly TableModel[];
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly onError: (error: unknown) => void;
}

/** A running sweeper. */
export interface TtlSweeper {
  /** Deletes what is expired now; how many rows that were. */
  sweep(): Promise<number>;
  /** Whether a removal in a table's stream was the sweeper's; asked once per removal. */
  takeSwept(tableName: string, keys: unknown): boolean;
  stop(): void;
}

/** Late on purpose, if not by DynamoDB's days: readers must filter expired rows themselves. */
const DEFAULT_INTERVAL_MS = 30_000;
/** Removals remembered for the streams; a table without a stream never asks for its own. */
const MAX_REMEMBERED = 10_000;

/** Starts sweeping by the clock. */
export function startTtlSweeper(options: TtlSweeperOptions): TtlSweeper {
  const tables = options.tables.filter(({ ttlAttribute }) => ttlAttribute !== undefined);
  const swept = new Set<string>();
  let cancel: (() => void) | undefined;
  const sweep = async () => {
    const counts = await Promise.all(tables.map((table) => sweepTable(options, table, swept)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const schedule = () => {
    cancel = options.clock.after(options.everyMs ?? DEFAULT_INTERVAL_MS, () => {
      schedule();
      sweep().catch(options.onError);
    });
  };
  schedule();
  return {
    sweep,
    takeSwept: (tableName, keys) => swept.delete(identityOf(tableName, keys)),
    stop: () => cancel?.(),
  };
}

async function sweepTable(
  { api, clock }: TtlSweeperOptions,
  table: TableModel,
  swept: Set<string>,
): Promise<number> {
  const condition = {
    TableName: table.tableName,
    ExpressionAttributeNames: { '#ttl': table.ttlAttribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(clock.now() / 1_000)) } },
  };
  let count = 0;
  let startKey: unknown;
  do {
    const page = await api.table('Scan', {
      ...condition,
      FilterExpression: '#ttl <= :now',
      ...(isJson(startKey) && { ExclusiveStartKey: startKey }),
    });
    for (const item of listOf(page['Items'])) {
      if (await remove(api, { table, condition, keys: keysOf(table, jsonOf(item)) }, swept)) {
        count += 1;
      }
    }
    startKey = page['LastEvaluatedKey'];
  } while (isJson(startKey));
  return count;
}

interface Removal {
  readonly table: TableModel;
  readonly condition: Json;
  readonly keys: Json;
}

/** Conditional, because the row may have been extended since it was read. */
async function remove(
  api: DynamodbApi,
  { table, condition, keys }: Removal,
  swept: Set<string>,
): Promise<boolean> {
  const identity = identityOf(table.tableName, keys);
  if (swept.size >= MAX_REMEMBERED) swept.clear();
  swept.add(identity);
  try {
    await api.table('DeleteItem', { ...condition, Key: keys, ConditionExpression: '#ttl <= :now' });
    return true;
  } catch (error) {
    swept.delete(identity);
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

function keysOf(table: TableModel, item: Json): Json {
  const names = listOf(table.createRequest['KeySchema']).map((key) =>
    textOf(jsonOf(key)['AttributeName']),
  );
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

function identityOf(tableName: string, keys: unknown): string {
  const sorted = Object.entries(jsonOf(keys)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${tableName} ${JSON.stringify(sorted)}`;
}
