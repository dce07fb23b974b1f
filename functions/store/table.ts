/** The one document client: single requests, paging, and what they cost. */
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

import { ChatError } from '#protocol/errors.ts';

import type { Tables } from './keys.ts';

/** An item as the database returns it: checked by nobody, so only the stores' parse functions read it. */
export type Item = Record<string, unknown>;

/** Reads an item as what its only writer, a store of this folder, put there. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the caller knows
export function asStored<T>(item: Item): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where items get a type
  return item as T;
}

/** What one request cost, as the database reports it; writes of indexes are included. */
export interface Capacity {
  readonly table: string;
  readonly kind: 'read' | 'write';
  readonly units: number;
}

export interface DatabaseOptions {
  readonly tables: Tables;
  /** Region, endpoint, credentials; what is absent the SDK finds by itself. */
  readonly client?: DynamoDBClientConfig;
  /** Asks the database for the cost of every request, and gets it. */
  readonly onCapacity?: (used: Capacity) => void;
  /** How long one attempt of a request may take. */
  readonly timeoutMs?: number;
}

/** Opens the tables. Nothing is sent before the first request. */
export function openDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

const READ_ROUNDS = 8;
const DEFAULT_TIMEOUT_MS = 3_000;

/** The tables and the requests Parley makes of them. Throttling and lost answers are `unavailable`. */
export class Database {
  readonly tables: Tables;
  readonly #client: DynamoDBDocumentClient;
  readonly #onCapacity: ((used: Capacity) => void) | undefined;

  constructor(options: DatabaseOptions) {
    const { tables, client = {}, onCapacity, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    this.tables = tables;
    this.#onCapacity = onCapacity;
    this.#client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        maxAttempts: 3,
        // A hung request must not eat the gateway's 29 s; without the last the SDK only warns and waits on.
        requestHandler: {
          connectionTimeout: 1_000,
          requestTimeout: timeoutMs,
          throwOnRequestTimeout: true,
        },
        ...client,
      }),
      { marshallOptions: { removeUndefinedValues: true } },
    );
  }

  async get(input: GetCommandInput): Promise<Item | null> {
    const output = await this.#ask(() => this.#client.send(new GetCommand(this.#metered(input))));
    this.#count('read', output.ConsumedCapacity);
    return output.Item ?? null;
  }

  /** All items of a query, or its first `max`, page by page. */
  async query(input: QueryCommandInput, max: number): Promise<Item[]> {
    const items: Item[] = [];
    let start: Item | undefined = input.ExclusiveStartKey;
    do {
      const page = { ...input, ExclusiveStartKey: start, Limit: max - items.length };
      const output = await this.#ask(() =>
        this.#client.send(new QueryCommand(this.#metered(page))),
      );
      this.#count('read', output.ConsumedCapacity);
      items.push(...(output.Items ?? []));
      start = output.LastEvaluatedKey;
    } while (start !== undefined && items.length < max);
    return items;
  }

  /** The items of one table that exist among at most 100 keys, in no order. */
  async batchGet(table: string, keys: readonly Item[]): Promise<Item[]> {
    const items: Item[] = [];
    let rest: BatchGetCommandInput['RequestItems'] = { [table]: { Keys: [...keys] } };
    for (let round = 0; round < READ_ROUNDS; round += 1) {
      const input: BatchGetCommandInput = this.#metered({ RequestItems: rest });
      const output: BatchGetCommandOutput = await this.#ask(() =>
        this.#client.send(new BatchGetCommand(input)),
      );
      for (const used of output.ConsumedCapacity ?? []) this.#count('read', used);
      items.push(...(output.Responses?.[table] ?? []));
      rest = output.UnprocessedKeys ?? {};
      if (Object.keys(rest).length === 0) return items;
    }
    throw new ChatError('unavailable');
  }

  /** @returns false where its condition refused it */
  async put(input: PutCommandInput): Promise<boolean> {
    return this.#write(async () => this.#client.send(new PutCommand(this.#metered(input))));
  }

  /** @returns false where its condition refused it */
  async update(input: UpdateCommandInput): Promise<boolean> {
    return this.#write(async () => this.#client.send(new UpdateCommand(this.#metered(input))));
  }

  /** @returns false where its condition refused it */
  async remove(input: DeleteCommandInput): Promise<boolean> {
    return this.#write(async () => this.#client.send(new DeleteCommand(this.#metered(input))));
  }

  /** Closes the connections to the database. */
  close(): void {
    this.#client.destroy();
  }

  async #write(work: () => Promise<{ ConsumedCapacity?: Used | undefined }>): Promise<boolean> {
    try {
      const output = await this.#ask(work);
      this.#count('write', output.ConsumedCapacity);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // A refused write costs as a write, but the refusal does not say how much.
      this.#onCapacity?.({ table: 'refused', kind: 'write', units: 1 });
      return false;
    }
  }

  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isTransient(error)) throw new ChatError('unavailable', {}, { cause: error });
      throw error;
    }
  }

  #metered<T extends object>(input: T): T & { ReturnConsumedCapacity?: 'TOTAL' } {
    return this.#onCapacity === undefined ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' };
  }

  #count(kind: 'read' | 'write', used: Used | undefined): void {
    if (used === undefined) return;
    this.#onCapacity?.({ table: used.TableName ?? '', kind, units: used.CapacityUnits ?? 0 });
  }
}

type Used = { TableName?: string | undefined; CapacityUnits?: number | undefined };

const TRANSIENT = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
]);

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return TRANSIENT.has(error.name) || ('code' in error && TRANSIENT.has(String(error.code)));
}
