/** A customer and a shop at a stack whose database is metered: what happens between two moments, and what it used. */
import { setTimeout as sleep } from 'node:timers/promises';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { type Meter, type MeteringProxy, startMeteringProxy } from './metering-proxy.ts';
import { Person, type Traffic } from './person.ts';
import { CUSTOMER_NAME, PRODUCT, SHOP_NAME, STAFF_NAME, textOf } from './words.ts';

/** What is measured is the product, not this machine's play of IAM, and the limits are far from what a burst or a load reaches. */
export const BENCH_STACK = {
  limits: {
    messagesPer10Seconds: 100_000,
    framesPer10Seconds: 100_000,
    roomsPerHour: 100_000,
    firstContactsPerHour: 100_000,
  },
  enforcesRoles: false,
};

/** What two people used between two moments. */
export interface Usage extends Traffic {
  readonly meter: Meter;
  /** Of all functions, the streams' too. */
  readonly invocations: number;
  /** Invocations of the functions that read streams. */
  readonly streamInvocations: number;
  readonly wallMs: number;
  readonly streamWallMs: number;
  readonly cpuMs: number;
  readonly logBytes: number;
}

/** A stream's batch waits for a second, and somebody has to read it. */
const STREAMS_REST_MS = 1_800;

export class Scene {
  readonly stack: LocalStack;
  readonly customer: Person;
  readonly shop: Person;
  readonly vendorId: string;
  readonly #proxy: MeteringProxy;
  roomId = '';

  constructor(made: {
    stack: LocalStack;
    customer: Person;
    shop: Person;
    vendorId: string;
    proxy: MeteringProxy;
  }) {
    this.stack = made.stack;
    this.customer = made.customer;
    this.shop = made.shop;
    this.vendorId = made.vendorId;
    this.#proxy = made.proxy;
  }

  /** Opens the room and both sockets, and lets everything that follows from it settle. */
  async enter(): Promise<void> {
    await Promise.all([this.customer.connect(), this.shop.connect()]);
    const { vendorId, customer } = this;
    const room = await customer.call('POST', '/rooms', { vendorId, product: PRODUCT });
    this.roomId = String(room['roomId']);
    await sleep(STREAMS_REST_MS);
  }

  /** Does `work` and answers what it used, the streams' share included. */
  async measure(work: () => Promise<void>): Promise<Usage> {
    await sleep(STREAMS_REST_MS);
    this.#proxy.take();
    const before = this.#figures();
    const trafficBefore = this.#traffic();
    await work();
    await sleep(STREAMS_REST_MS);
    const after = this.#figures();
    const traffic = this.#traffic();
    return {
      meter: this.#proxy.take(),
      ...difference(after, before),
      ...difference(traffic, trafficBefore),
    };
  }

  /** Speaks the nth message of the conversation; both have seen it when it resolves. */
  async exchange(count: number, over: 'http' | 'socket'): Promise<void> {
    const [speaker, listener] = inTurn(this, count);
    const product = count === 0 ? { product: PRODUCT } : {};
    const said = { roomId: this.roomId, text: textOf(count), ...product };
    await (over === 'http' ? speaker.say(said) : speaker.sayOverSocket(said));
    await listener.hears(speaker.seq);
  }

  async stop(): Promise<void> {
    await Promise.all([this.customer.disconnect(), this.shop.disconnect()]);
    await this.stack.stop();
    await this.#proxy.stop();
  }

  #traffic(): Traffic {
    const [a, b] = [this.customer.traffic, this.shop.traffic];
    return {
      httpRequests: a.httpRequests + b.httpRequests,
      framesIn: a.framesIn + b.framesIn,
      framesOut: a.framesOut + b.framesOut,
    };
  }

  #figures() {
    const { assembly } = this.stack.runtime;
    const readers = new Set(assembly.streams.map(({ functionId }) => functionId));
    const total = {
      invocations: 0,
      streamInvocations: 0,
      wallMs: 0,
      streamWallMs: 0,
      cpuMs: 0,
      logBytes: 0,
    };
    for (const [id, figures] of Object.entries(this.stack.runtime.figures().functions)) {
      total.invocations += figures.invocations;
      total.wallMs += figures.wallMs;
      total.cpuMs += figures.cpuMs;
      total.logBytes += figures.logBytes;
      if (!readers.has(id)) continue;
      total.streamInvocations += figures.invocations;
      total.streamWallMs += figures.wallMs;
    }
    return total;
  }
}

/** Where the scene is set: on a database that is there already, in a shop that has been named. */
export interface SceneOptions {
  readonly databaseEndpoint?: string;
  readonly vendorId?: string;
}

/** Starts a stack with two people who have not met. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { databaseEndpoint, vendorId = crypto.randomUUID() } = options;
  const metering: { proxy?: MeteringProxy } = {};
  const stack = await startLocalStack({
    ...BENCH_STACK,
    databaseEndpoint,
    functionsDatabase: async (endpoint) => {
      metering.proxy = await startMeteringProxy(endpoint);
      return metering.proxy.endpoint;
    },
  });
  const { proxy } = metering;
  if (!proxy) throw new Error('The stack did not ask for the address of its database.');
  const place = { url: stack.url, socketUrl: stack.socketUrl };
  const customer = { sub: crypto.randomUUID(), role: 'customer', name: CUSTOMER_NAME } as const;
  const staff = { sub: crypto.randomUUID(), role: 'vendor', name: STAFF_NAME } as const;
  const shop = { ...staff, vendor_id: vendorId, vendor_name: SHOP_NAME };
  return new Scene({
    stack,
    proxy,
    vendorId,
    customer: new Person({ ...place, token: await stack.token(customer) }),
    shop: new Person({ ...place, token: await stack.token(shop) }),
  });
}

/** People take turns, and now and then somebody adds something. */
function inTurn({ customer, shop }: Scene, count: number): [Person, Person] {
  return count % 5 === 0 || count % 2 === 0 ? [customer, shop] : [shop, customer];
}

function difference<T extends object>(after: T, before: T): T {
  const values = Object.entries(after).map(([name, value]) => [
    name,
    Number(value) - Number(before[name as keyof T]),
  ]);
  return Object.fromEntries(values) as T;
}
