/** The template's tables in the engine: made where they are missing, compared where they are not. */
import { jsonOf, listOf, textOf, type Json } from '../json.ts';
import type { TableModel } from '../model.ts';
import { DynamodbError, type DynamodbApi } from './dynamodb-api.ts';

/** What decides whether an existing table still fits the template. */
const SHAPE = ['KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const;

/**
 * Makes the tables that do not exist yet.
 * @throws Error where one exists in another shape: it was made by another version of the template
 */
export async function createTables(api: DynamodbApi, tables: readonly TableModel[]): Promise<void> {
  await Promise.all(tables.map((table) => createTable(api, table)));
}

/** The address of a table's stream. */
export async function streamArnOf(api: DynamodbApi, tableName: string): Promise<string> {
  const { Table } = await api.table('DescribeTable', { TableName: tableName });
  const arn = textOf(jsonOf(Table)['LatestStreamArn']);
  if (arn === '') throw new Error(`Table ${tableName} has no stream.`);
  return arn;
}

async function createTable(api: DynamodbApi, table: TableModel): Promise<void> {
  try {
    await api.table('CreateTable', table.createRequest);
  } catch (error) {
    if (!(error instanceof DynamodbError && error.name === 'ResourceInUseException')) throw error;
    await requireSameShape(api, table);
  }
}

async function requireSameShape(api: DynamodbApi, table: TableModel): Promise<void> {
  const { Table } = await api.table('DescribeTable', { TableName: table.tableName });
  if (shapeOf(jsonOf(Table)) === shapeOf(table.createRequest)) return;
  throw new Error(
    `Table ${table.tableName} exists with other keys or indexes than the template's. ` +
      'It was made by another version: start with another --data folder, or delete this one.',
  );
}

function shapeOf(table: Json): string {
  const parts = SHAPE.map((key) => listOf(table[key]).map((it) => describe(jsonOf(it))));
  return parts.map((part) => part.toSorted().join()).join(';');
}

/** A key attribute or an index: its name and, for an index, its keys and what it projects. */
function describe(item: Json): string {
  if (item['AttributeName'] !== undefined) {
    return `${textOf(item['AttributeName'])} ${textOf(item['KeyType'])}`;
  }
  const keys = listOf(item['KeySchema']).map((key) => describe(jsonOf(key)));
  const projection = textOf(jsonOf(item['Projection'])['ProjectionType']);
  return `${textOf(item['IndexName'])}(${keys.join()}) ${projection}`;
}
