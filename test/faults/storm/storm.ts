/**
 * Thousands of real clients on virtual time, before a gateway that lets in as many as an account may have: all of them
 * lose their sockets at once, and come back.
 */
import { createChatClient } from '#client/chat-client.ts';
import type { ChatClient } from '#client/chat.ts';
import type { DeviceSignal, FetchPort, SocketListener } from '#client/ports.ts';

import {
  ACCOUNT_THROTTLE,
  createTokenBucket,
  type TokenBucket,
} from '../../../lib/local/throttle.ts';
import { type Sequence, sequenceOf } from '../faults/dice.ts';
import { VirtualTime } from './virtual-time.ts';

/** What happens. */
export interface Storm {
  readonly clients: number;
  /** New connections that the gateway lets in, as many at once. */
  readonly perSecond: number;
  /** Of the clients' jitter and the network's delays. */
  readonly seed: number;
  /** For so long nobody is let in after the drop. */
  readonly outageMs?: number;
  /** For so long every other HTTP request is answered 503 after the drop. */
  readonly busyMs?: number;
  /** All devices hear at once that the network is back, this long after the drop. */
  readonly onlineAfterMs?: number;
}

/** How they came back. Times are milliseconds after the drop. */
export interface StormResult {
  readonly handshakes: number;
  readonly refused: number;
  /** Handshakes in the busiest second, and in half of those with any at most. */
  readonly peak: number;
  readonly median: number;
  /** HTTP requests, and those of them that were refused. */
  readonly requests: number;
  readonly unserved: number;
  /** When half, 95 % and all of them had read their rooms on a new socket; infinite where some never did. */
  readonly halfMs: number;
  readonly mostMs: number;
  readonly allMs: number;
}

/** How long a try takes there and back, besides what the gateway does. */
const NETWORK_MS = 40;
const HANDSHAKE_MS = 80;
const WATCHED_MS = 300_000;
/** Before the drop they come in at leisure: this share of what is let in. */
const ARRIVALS = 0.8;

interface Device {
  readonly client: ChatClient;
  listener: SocketListener | null;
  tell: (signal: DeviceSignal) => void;
  openedAtMs: number;
  /** When it had read its rooms after it last opened a socket. */
  readAtMs: number;
}

/** Plays one. */
export async function playStorm(storm: Storm): Promise<StormResult> {
  const run = new StormRun(storm);
  await run.arrive();
  await run.drop();
  return run.result();
}

class StormRun {
  readonly #storm: Storm;
  readonly #time = new VirtualTime();
  readonly #account = createTokenBucket(ACCOUNT_THROTTLE, this.#time);
  readonly #newcomers: TokenBucket;
  readonly #chance: Sequence;
  readonly #devices: Device[] = [];
  readonly #handshakesMs: number[] = [];
  #droppedAtMs = Infinity;
  #refused = 0;
  #requests = 0;
  #unserved = 0;

  constructor(storm: Storm) {
    const { perSecond, seed } = storm;
    this.#storm = storm;
    this.#chance = sequenceOf(seed, 'storm');
    this.#newcomers = createTokenBucket({ ratePerSecond: perSecond, burst: perSecond }, this.#time);
  }

  async arrive(): Promise<void> {
    const { clients, perSecond } = this.#storm;
    const apartMs = 1_000 / (perSecond * ARRIVALS);
    const startMs = this.#time.now();
    for (let number = 0; number < clients; number += 1) {
      const device = this.#device(number);
      this.#devices.push(device);
      this.#time.after(number * apartMs, () => {
        void device.client.rooms('all').load();
        device.client.connect();
      });
    }
    await this.#time.runUntil(startMs + clients * apartMs + 60_000);
    const online = this.#devices.filter((it) => it.client.getState().connection === 'online');
    if (online.length < clients) throw new Error(`Only ${online.length} of ${clients} came in.`);
  }

  async drop(): Promise<void> {
    const { onlineAfterMs } = this.#storm;
    this.#droppedAtMs = this.#time.now();
    this.#handshakesMs.length = 0;
    this.#refused = 0;
    this.#requests = 0;
    this.#unserved = 0;
    for (const device of this.#devices) {
      device.readAtMs = Infinity;
      device.openedAtMs = Infinity;
      device.listener?.onClose(1006);
    }
    if (onlineAfterMs !== undefined) {
      this.#time.after(onlineAfterMs, () => {
        for (const device of this.#devices) device.tell('online');
      });
    }
    await this.#time.runUntil(this.#droppedAtMs + WATCHED_MS);
    for (const { client } of this.#devices) client.close();
  }

  result(): StormResult {
    const since = (ms: number) => ms - this.#droppedAtMs;
    const readMs = this.#devices.map(({ readAtMs }) => since(readAtMs)).toSorted((a, b) => a - b);
    const at = (share: number) => readMs[Math.ceil(share * readMs.length) - 1] ?? Infinity;
    const perSecond = Map.groupBy(this.#handshakesMs, (ms) => Math.floor(since(ms) / 1_000));
    const counts = [...perSecond.values()].map(({ length }) => length).toSorted((a, b) => a - b);
    return {
      handshakes: this.#handshakesMs.length,
      refused: this.#refused,
      peak: counts.at(-1) ?? 0,
      median: counts[Math.floor(counts.length / 2)] ?? 0,
      requests: this.#requests,
      unserved: this.#unserved,
      halfMs: at(0.5),
      mostMs: at(0.95),
      allMs: at(1),
    };
  }

  #device(number: number): Device {
    const device: Omit<Device, 'client'> = {
      listener: null,
      tell: () => undefined,
      openedAtMs: Infinity,
      readAtMs: Infinity,
    };
    const client = createChatClient({
      api: 'https://chat.example/v1',
      socket: 'wss://socket.example',
      device: `device-${number}`,
      token: () => Promise.resolve(tokenOf(number)),
      ports: {
        now: this.#time.now,
        after: this.#time.after,
        random: this.#chance.next,
        fetch: (url) => this.#answer(device, url),
        openSocket: (_url, _protocols, listener) => this.#open(device, listener),
        watchDevice: (listener) => {
          const before = device.tell;
          device.tell = (signal) => {
            before(signal);
            listener(signal);
          };
          return () => undefined;
        },
      },
    });
    return Object.assign(device, { client });
  }

  #open(device: Omit<Device, 'client'>, listener: SocketListener) {
    let isClosed = false;
    const close = () => {
      if (isClosed) return;
      isClosed = true;
      if (device.listener === listener) device.listener = null;
      listener.onClose(1006);
    };
    this.#time.after(this.#delay(NETWORK_MS), () => {
      this.#handshakesMs.push(this.#time.now());
      if (!this.#letsIn()) {
        this.#refused += 1;
        this.#time.after(this.#delay(NETWORK_MS), close);
        return;
      }
      this.#time.after(this.#delay(HANDSHAKE_MS), () => {
        if (isClosed) return;
        device.listener = { ...listener, onClose: close };
        device.openedAtMs = this.#time.now();
        listener.onOpen();
      });
    });
    return { send: () => undefined, close };
  }

  #letsIn(): boolean {
    const isOut = this.#time.now() < this.#droppedAtMs + (this.#storm.outageMs ?? 0);
    const isAfterDrop = this.#time.now() >= this.#droppedAtMs;
    if (isAfterDrop && isOut) return false;
    return this.#newcomers.take() && this.#account.take();
  }

  #answer(device: Omit<Device, 'client'>, url: string): ReturnType<FetchPort> {
    const askedAtMs = this.#time.now();
    this.#requests += 1;
    return new Promise((resolve) => {
      this.#time.after(this.#delay(NETWORK_MS), () => {
        const isTaken = this.#account.take() && !this.#isBusy();
        if (!isTaken) this.#unserved += 1;
        this.#time.after(this.#delay(NETWORK_MS), () => {
          const isRead = isTaken && url.includes('/rooms') && askedAtMs >= device.openedAtMs;
          if (isRead) device.readAtMs = Math.min(device.readAtMs, this.#time.now());
          resolve(isTaken ? bodyOf(url) : BUSY);
        });
      });
    });
  }

  #isBusy(): boolean {
    const sinceMs = this.#time.now() - this.#droppedAtMs;
    return sinceMs >= 0 && sinceMs < (this.#storm.busyMs ?? 0) && this.#chance.chance(0.5);
  }

  #delay(meanMs: number): number {
    return meanMs * (0.5 + this.#chance.next());
  }
}

const headers = { get: () => null };
const BUSY = {
  status: 503,
  headers,
  text: () => Promise.resolve('{"message":"Service Unavailable"}'),
};

function bodyOf(url: string) {
  const body = url.includes('/unread') ? { rooms: 0, messages: 0 } : { items: [], next: null };
  return { status: 200, headers, text: () => Promise.resolve(JSON.stringify(body)) };
}

/** Its claims are read, its signature is not: nobody here is a server. */
function tokenOf(number: number): string {
  const claims = { sub: `u${number}`, role: 'customer', exp: 4_102_444_800 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.e30`;
}
