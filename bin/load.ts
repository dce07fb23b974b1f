/** The load generator: pairs of customers and vendors at a running server, on the client that everybody uses. */
import { parseArgs } from 'node:util';

import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import type { RoomHandle } from '#client/conversation.ts';

export interface LoadOptions {
  /** Where the server is: `http://localhost:4000`. */
  readonly url: string;
  /** Rooms of two; both sides write in turn. */
  readonly pairs: number;
  readonly seconds: number;
  /** Messages per second over all pairs; null for a closed loop: each answer follows its message. */
  readonly rate: number | null;
  readonly sendOver?: 'http' | 'socket';
  /** Called when everybody is online, before the first message. */
  readonly onReady?: () => Promise<void> | void;
  /** Called when everything was heard, before the sockets close. */
  readonly onHeard?: () => Promise<void> | void;
}

/** Delays are milliseconds from the call of `send` to the receipt by the other side. */
export interface LoadResult {
  readonly sent: number;
  readonly received: number;
  /** Acknowledged or sent, and never seen by the other side. */
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly messagesPerSecond: number;
}

/** How long what is under way may take after the last message. */
const DRAIN_MS = 5_000;

interface Side {
  readonly client: ChatClient;
  readonly room: RoomHandle;
}

interface Pair {
  readonly sides: readonly [Side, Side];
  turn: number;
}

/** What was sent and what came of it. */
class Tally {
  readonly #sentAt = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #lastSeq = new Map<string, number>();
  readonly delays: number[] = [];
  doubled = 0;
  outOfOrder = 0;
  failed = 0;

  get sent(): number {
    return this.#sentAt.size;
  }

  get received(): number {
    return this.#seen.size;
  }

  onSent(id: string, atMs: number): void {
    this.#sentAt.set(id, atMs);
  }

  /** Takes over the messages that a side shows beyond those it showed before. */
  onShown(viewer: string, messages: ReturnType<RoomHandle['getState']>['messages']): void {
    const last = this.#lastSeq.get(viewer) ?? 0;
    const seqs = messages.flatMap(({ seq }) => seq ?? []);
    const fresh = messages.filter(({ seq }) => seq !== null && seq > last);
    for (const { id, isMine } of fresh) if (!isMine) this.#onReceived(id);
    const recent = seqs.slice(-fresh.length - 1);
    this.doubled += recent.filter((seq, index) => index > 0 && seq === recent[index - 1]).length;
    this.outOfOrder += recent.filter(
      (seq, index) => index > 0 && seq !== (recent[index - 1] ?? 0) + 1,
    ).length;
    this.#lastSeq.set(viewer, Math.max(last, seqs.at(-1) ?? 0));
  }

  #onReceived(id: string): void {
    if (this.#seen.has(id)) {
      this.doubled += 1;
      return;
    }
    this.#seen.add(id);
    const sentAt = this.#sentAt.get(id);
    if (sentAt !== undefined) this.delays.push(performance.now() - sentAt);
  }
}

/** Runs one load and ends every client it made. @throws Error when the server cannot be reached */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const tally = new Tally();
  const pairs = await openPairs(options);
  const stops = pairs.flatMap((pair) => pair.sides.map((side) => watch(side, tally)));
  try {
    await options.onReady?.();
    const startMs = performance.now();
    if (options.rate === null) await runClosed(pairs, tally, options.seconds);
    else await runOpen(pairs, tally, { rate: options.rate, seconds: options.seconds });
    const elapsedMs = performance.now() - startMs;
    await drained(tally);
    await options.onHeard?.();
    return resultOf(tally, elapsedMs);
  } finally {
    for (const stop of stops) stop();
    for (const { sides } of pairs) for (const { client } of sides) client.close();
  }
}

async function openPairs(options: LoadOptions): Promise<Pair[]> {
  const run = Math.random().toString(36).slice(2, 8);
  const pairs: Pair[] = [];
  for (let number = 0; number < options.pairs; number += 1) {
    pairs.push(await openPair(options, `${run}-${number}`));
  }
  return pairs;
}

async function openPair(options: LoadOptions, name: string): Promise<Pair> {
  const vendorId = `load-vendor-${name}`;
  const vendor = clientOf(options, {
    sub: `${vendorId}-staff`,
    role: 'vendor',
    vendor_id: vendorId,
  });
  const customer = clientOf(options, { sub: `load-customer-${name}`, role: 'customer' });
  const ours = await customer.openRoom({ vendorId });
  const theirs = vendor.room(ours.roomId);
  await Promise.all([online(customer), online(vendor)]);
  await Promise.all([ours.loadLatest(), theirs.loadLatest()]);
  return {
    turn: 0,
    sides: [
      { client: customer, room: ours },
      { client: vendor, room: theirs },
    ],
  };
}

function clientOf({ url, sendOver = 'http' }: LoadOptions, claims: object): ChatClient {
  return createChatClient({
    api: new URL('/v1', url).href,
    socket: new URL('/ws', url.replace(/^http/u, 'ws')).href,
    token: () => fetchToken(url, claims),
    sendOver,
  });
}

/** A token of the development issuer, which only a local server has. */
async function fetchToken(url: string, claims: object): Promise<string> {
  const response = await fetch(new URL('/local/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  });
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'token' in body) return String(body.token);
  throw new Error(`POST /local/token answered ${response.status}: is ${url} a local server?`);
}

function online(client: ChatClient): Promise<void> {
  client.connect();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('No socket within 15 s: is the server running?')),
      15_000,
    );
    const stop = client.subscribe(look);
    function look() {
      if (client.getState().connection !== 'online') return;
      clearTimeout(timer);
      stop();
      resolve();
    }
    look();
  });
}

function watch({ client, room }: Side, tally: Tally): () => void {
  const viewer = `${room.roomId}/${client.getState().me?.member ?? ''}`;
  const stops = [
    room.watch(),
    room.subscribe(() => tally.onShown(viewer, room.getState().messages)),
    client.on('failed', () => {
      tally.failed += 1;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The side whose turn it is says something. @returns where it will be heard */
function say(pair: Pair, tally: Tally): Side {
  const [first, second] = pair.turn % 2 === 0 ? pair.sides : [pair.sides[1], pair.sides[0]];
  pair.turn += 1;
  const atMs = performance.now();
  const id = first.room.send({ text: `გამარჯობა! Message ${pair.turn} of this conversation.` });
  tally.onSent(id, atMs);
  return second;
}

/** Sends on schedule, however slow the server is: a slow one cannot make itself look fast. */
async function runOpen(pairs: Pair[], tally: Tally, plan: { rate: number; seconds: number }) {
  const startMs = performance.now();
  const total = Math.round(plan.rate * plan.seconds);
  for (let count = 0; count < total; count += 1) {
    await sleep(startMs + (count * 1000) / plan.rate - performance.now());
    const pair = pairs[count % pairs.length];
    if (pair) say(pair, tally);
  }
}

/** Every pair talks as fast as it is heard. */
async function runClosed(pairs: Pair[], tally: Tally, seconds: number): Promise<void> {
  const endMs = performance.now() + seconds * 1000;
  await Promise.all(
    pairs.map(async (pair) => {
      while (performance.now() < endMs) {
        const listener = pair.sides[(pair.turn + 1) % 2];
        if (!listener) return;
        const heard = nextMessage(listener.room, endMs + DRAIN_MS);
        say(pair, tally);
        await heard;
      }
    }),
  );
}

/** Resolves when the room shows one more message of the other side, or at `untilMs`. */
function nextMessage(room: RoomHandle, untilMs: number): Promise<void> {
  const before = lastOfOthers(room);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, untilMs - performance.now());
    const stop = room.subscribe(() => {
      if (lastOfOthers(room) > before) end();
    });
  });
}

function lastOfOthers(room: RoomHandle): number {
  return room.getState().messages.findLast(({ isMine }) => !isMine)?.seq ?? 0;
}

async function drained(tally: Tally): Promise<void> {
  const endMs = performance.now() + DRAIN_MS;
  while (tally.received < tally.sent && performance.now() < endMs) await sleep(50);
}

function sleep(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
}

function resultOf(tally: Tally, elapsedMs: number): LoadResult {
  const sorted = tally.delays.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return {
    sent: tally.sent,
    received: tally.received,
    lost: tally.sent - tally.received,
    doubled: tally.doubled,
    outOfOrder: tally.outOfOrder,
    failed: tally.failed,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: sorted.at(-1) ?? Number.NaN,
    messagesPerSecond: (tally.received * 1000) / elapsedMs,
  };
}

const HELP = `Usage: npm run load -- [--url http://localhost:4000] [--pairs 20] [--rate 50 | --closed] [--seconds 20] [--socket]
A room takes 20 messages of one member per 10 s: start the server with PARLEY_LIMITS='{"messagesPer10Seconds":100000,"framesPer10Seconds":100000}' for more.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:4000' },
      pairs: { type: 'string', default: '20' },
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '20' },
      closed: { type: 'boolean', default: false },
      socket: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const result = await runLoad({
    url: values.url,
    pairs: positive('pairs', values.pairs),
    seconds: positive('seconds', values.seconds),
    rate: values.closed ? null : positive('rate', values.rate),
    sendOver: values.socket ? 'socket' : 'http',
  });
  for (const [name, value] of Object.entries(result)) {
    console.log(`${name.padEnd(18)} ${Number.isInteger(value) ? value : value.toFixed(1)}`);
  }
  process.exitCode = result.lost + result.doubled + result.outOfOrder === 0 ? 0 : 1;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} must be a number above 0, not "${text}".`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
