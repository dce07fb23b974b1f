/** A fault: eventually consistent reads show every item as it was before its last write, for a while. */
import {
  type Answered,
  type Body,
  type DatabaseCall,
  type DatabaseFault,
  type Item,
  parse,
} from './proxy.ts';

/** The fault, and how many answers were really behind. */
export interface StaleReads {
  readonly fault: DatabaseFault;
  readonly count: () => number;
}

/** An item before its last write; null where there was none. */
interface Image {
  readonly item: Item | null;
  readonly untilMs: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** @param staleMs how long an eventually consistent read stays behind a write; 0 while nothing is to be stale */
export function staleReads(staleMs: () => number): StaleReads {
  const memory = new Memory(staleMs);
  return { fault: (call, next) => memory.pass(call, next), count: () => memory.staleReads };
}

class Memory {
  staleReads = 0;
  readonly #staleMs: () => number;
  readonly #images = new Map<string, Image>();
  readonly #keyNames = new Map<string, readonly string[]>();

  constructor(staleMs: () => number) {
    this.#staleMs = staleMs;
  }

  async pass(call: DatabaseCall, next: () => Promise<Answered>): Promise<Answered> {
    const { operation, body, ask } = call;
    const { TableName: table } = body;
    if (table === undefined || this.#staleMs() === 0) return next();
    const isEventual = body.ConsistentRead !== true;
    if (operation === 'GetItem' && isEventual) return this.#staleItem(table, body, await next());
    if (!WRITES.has(operation) && !(operation === 'Query' && isEventual)) return next();
    const names = await this.#keysOf(table, ask);
    if (operation === 'Query') return this.#staleItems(table, names, await next());
    const key = pick(body.Key ?? body.Item ?? {}, names);
    const query = { TableName: table, Key: key, ConsistentRead: true };
    const before = parse((await ask('GetItem', JSON.stringify(query))).text).Item ?? null;
    const answer = await next();
    if (answer?.status === 200) this.#remember(table, key, before);
    return answer;
  }

  #remember(table: string, key: Item | null, item: Item | null): void {
    const name = nameOf(table, key);
    this.#images.delete(name);
    this.#images.set(name, { item, untilMs: Date.now() + this.#staleMs() });
    for (const [old, { untilMs }] of this.#images) {
      if (untilMs > Date.now()) break;
      this.#images.delete(old);
    }
  }

  #imageOf(table: string, key: Item | null): Image | null {
    const image = this.#images.get(nameOf(table, key));
    return image && image.untilMs > Date.now() ? image : null;
  }

  #staleItem(table: string, { Key: key = {} }: Body, answer: Answered): Answered {
    const image = this.#imageOf(table, key);
    if (!image || answer?.status !== 200) return answer;
    this.staleReads += 1;
    const { Item: _, ...rest } = parse(answer.text);
    return { ...answer, text: JSON.stringify(image.item ? { ...rest, Item: image.item } : rest) };
  }

  /** An index that holds only keys shows the old ones; an item that was not there is left out. */
  #staleItems(table: string, names: readonly string[], answer: Answered): Answered {
    if (answer?.status !== 200) return answer;
    const body = parse(answer.text);
    if (!body.Items) return answer;
    const items = body.Items.flatMap((item) => {
      const image = this.#imageOf(table, pick(item, names));
      if (!image) return [item];
      this.staleReads += 1;
      const old = image.item && pick(image.item, Object.keys(item));
      return old ? [old] : [];
    });
    return { ...answer, text: JSON.stringify({ ...body, Items: items, Count: items.length }) };
  }

  async #keysOf(table: string, ask: DatabaseCall['ask']): Promise<readonly string[]> {
    const known = this.#keyNames.get(table);
    if (known) return known;
    const answer = await ask('DescribeTable', JSON.stringify({ TableName: table }));
    const schema = parse(answer.text).Table?.KeySchema ?? [];
    const names = schema.map(({ AttributeName }) => AttributeName);
    this.#keyNames.set(table, names);
    return names;
  }
}

/** Those attributes of an item, or null where one is missing. */
function pick(item: Item, names: readonly string[]): Item | null {
  const picked = Object.fromEntries(names.map((name) => [name, item[name]]));
  return names.every((name) => item[name] !== undefined) ? picked : null;
}

function nameOf(table: string, key: Item | null): string {
  const parts = Object.entries(key ?? {}).toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([table, parts]);
}
