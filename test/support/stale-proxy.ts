/** A DynamoDB endpoint whose eventually consistent reads show every item as it was before its last write, for a while. */
import http from 'node:http';
import { once } from 'node:events';

/** A running proxy. `staleReads` counts answers that were really behind. */
export interface StaleProxy {
  readonly url: string;
  readonly staleReads: () => number;
  readonly close: () => Promise<void>;
}

type Item = Record<string, unknown>;

/** What the proxy looks at in requests and answers; everything else passes through. */
interface Body {
  readonly TableName?: string;
  readonly ConsistentRead?: boolean;
  readonly Item?: Item;
  readonly Items?: Item[];
  readonly Key?: Item;
  readonly Table?: { readonly KeySchema: readonly { readonly AttributeName: string }[] };
  readonly Count?: number;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** An item before its last write; null where there was none. */
interface Image {
  readonly item: Item | null;
  readonly untilMs: number;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Starts a proxy before a database.
 * @param upstream the real endpoint
 * @param staleMs how long an eventually consistent read stays behind a write
 */
export async function startStaleProxy(upstream: string, staleMs: number): Promise<StaleProxy> {
  const proxy = new Proxy(upstream, staleMs);
  const server = http.createServer((request, response) => {
    proxy.serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    staleReads: () => proxy.staleReads,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

class Proxy {
  staleReads = 0;
  readonly #upstream: string;
  readonly #staleMs: number;
  readonly #images = new Map<string, Image>();
  readonly #keyNames = new Map<string, readonly string[]>();

  constructor(upstream: string, staleMs: number) {
    this.#upstream = upstream;
    this.#staleMs = staleMs;
  }

  async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString();
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const ask = (name: string, body: string) => this.#ask(request.headers, name, body);
    const answer = await this.#answer(operation, text, ask);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(answer.text);
  }

  async #answer(
    operation: string,
    text: string,
    ask: (name: string, body: string) => Promise<Answer>,
  ): Promise<Answer> {
    const body = parse(text);
    const { TableName: table } = body;
    if (table === undefined) return ask(operation, text);
    const isEventual = body.ConsistentRead !== true;
    if (operation === 'GetItem' && isEventual) {
      return this.#staleItem(table, body, await ask(operation, text));
    }
    if (!WRITES.has(operation) && !(operation === 'Query' && isEventual))
      return ask(operation, text);
    const names = await this.#keysOf(table, ask);
    if (operation === 'Query') return this.#staleItems(table, names, await ask(operation, text));
    const key = pick(body.Key ?? body.Item ?? {}, names);
    const query = { TableName: table, Key: key, ConsistentRead: true };
    const before = parse((await ask('GetItem', JSON.stringify(query))).text).Item ?? null;
    const answer = await ask(operation, text);
    if (answer.status === 200) this.#remember(table, key, before);
    return answer;
  }

  #remember(table: string, key: Item | null, item: Item | null): void {
    const name = nameOf(table, key);
    this.#images.delete(name);
    this.#images.set(name, { item, untilMs: Date.now() + this.#staleMs });
    for (const [old, { untilMs }] of this.#images) {
      if (untilMs > Date.now()) break;
      this.#images.delete(old);
    }
  }

  #imageOf(table: string, key: Item | null): Image | null {
    const image = this.#images.get(nameOf(table, key));
    return image && image.untilMs > Date.now() ? image : null;
  }

  #staleItem(table: string, { Key: key = {} }: Body, answer: Answer): Answer {
    const image = this.#imageOf(table, key);
    if (!image || answer.status !== 200) return answer;
    this.staleReads += 1;
    const { Item: _, ...rest } = parse(answer.text);
    return { ...answer, text: JSON.stringify(image.item ? { ...rest, Item: image.item } : rest) };
  }

  /** An index that holds only keys shows the old ones; an item that was not there is left out. */
  #staleItems(table: string, names: readonly string[], answer: Answer): Answer {
    const body = parse(answer.text);
    if (answer.status !== 200 || !body.Items) return answer;
    const items = body.Items.flatMap((item) => {
      const image = this.#imageOf(table, pick(item, names));
      if (!image) return [item];
      this.staleReads += 1;
      const old = image.item && pick(image.item, Object.keys(item));
      return old ? [old] : [];
    });
    return { ...answer, text: JSON.stringify({ ...body, Items: items, Count: items.length }) };
  }

  async #keysOf(
    table: string,
    ask: (name: string, body: string) => Promise<Answer>,
  ): Promise<readonly string[]> {
    const known = this.#keyNames.get(table);
    if (known) return known;
    const answer = await ask('DescribeTable', JSON.stringify({ TableName: table }));
    const schema = parse(answer.text).Table?.KeySchema ?? [];
    const names = schema.map(({ AttributeName }) => AttributeName);
    this.#keyNames.set(table, names);
    return names;
  }

  async #ask(headers: http.IncomingHttpHeaders, operation: string, body: string): Promise<Answer> {
    const response = await fetch(this.#upstream, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization: headers.authorization ?? '',
        'x-amz-date': String(headers['x-amz-date'] ?? ''),
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  }
}

function parse(text: string): Body {
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return typeof body === 'object' && body !== null ? body : {};
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
