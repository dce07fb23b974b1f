/** Sockets that end, and sockets that should: the gateway's cuts, a dead socket, a farewell that never comes. On a clock that leaps over hours. */
import { afterEach, describe, expect, it } from 'vitest';

import { DEFAULT_PORTS, type Ports } from '#client/ports.ts';

import type { Invoke } from '../../../lib/local/model.ts';
import { type LeapingClock, leapingClock } from '../../support/leaping-clock.ts';
import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { Cast, type Device, SETTINGS, statesOf, whole } from './cast.ts';
import { tablesOf } from './tables.ts';
import { Traffic } from './traffic.ts';

const SEED = 20_261_130;
const MINUTE_MS = 60_000;
const PROBE_MS = 5_000;

let clock: LeapingClock;
let traffic: Traffic;
let stack: LocalStack;
let cast: Cast;

async function start(wrapInvoke = (invoke: Invoke) => invoke) {
  clock = leapingClock();
  traffic = new Traffic();
  stack = await startLocalStack({
    ...SETTINGS,
    clock,
    wrapInvoke: (invoke) => traffic.wrapInvoke(wrapInvoke(invoke)),
  });
  cast = new Cast(() => stack, SEED, clock);
  return { customer: cast.person('customer'), vendor: cast.person('vendor') };
}

afterEach(async () => {
  cast.close();
  await stack.stop();
});

const pass = (minutes: number) => clock.pass(minutes * MINUTE_MS, traffic.settled);

/** A device that may stay for hours: its token is renewed with its sockets and not before. */
const patient = (ports: Partial<Ports> = {}) => ({
  tokenSeconds: 86_400,
  aroundToken: (issue: () => Promise<string>) => traffic.during(issue()),
  ports: { ...ports, ...traffic.ports({ ...DEFAULT_PORTS, ...ports }) },
});

async function say({ chat }: Device, roomId: string, text: string): Promise<void> {
  chat.room(roomId).send({ text });
  await whole(() => expect(chat.getState().unsent).toBe(0));
  await traffic.settled();
}

const openedBy = ({ name }: Device) =>
  cast.history.entries.filter((it) => it.kind === 'socket' && it.isOpen && it.client === name)
    .length;

describe('a client that stays for four hours', () => {
  it('changes its socket before the gateway cuts it, twice, and nobody sees it', async () => {
    const { customer, vendor } = await start();
    const nino = cast.device(customer, patient());
    const ana = cast.device(vendor, patient());
    const roomId = await cast.room(customer, vendor, [nino, ana]);
    const states = [nino, ana].map(({ chat }) => statesOf(chat));
    for (let hour = 1; hour <= 4; hour += 1) {
      await pass(60);
      await say(ana, roomId, `After ${hour} hours`);
    }
    expect(states.flat().filter((state) => state !== 'online')).toEqual([]);
    expect([nino, ana].map(openedBy)).toEqual([3, 3]);
    expect(await cast.judge(roomId, 4)).toEqual([]);
  }, 180_000);

  it('is cut at two hours where no next socket comes, returns, and has what was written meanwhile', async () => {
    let isShut = false;
    const openSocket: Ports['openSocket'] = (url, ...rest) =>
      DEFAULT_PORTS.openSocket(isShut ? 'ws://127.0.0.1:9' : url, ...rest);
    const { customer, vendor } = await start();
    const nino = cast.device(customer, patient({ openSocket }));
    const ana = cast.device(vendor, patient());
    const roomId = await cast.room(customer, vendor, [nino, ana]);
    const states = statesOf(nino.chat);
    await pass(99);
    isShut = true;
    await pass(20.5);
    expect(states.filter((state) => state !== 'online')).toEqual([]);
    await pass(1);
    expect(states.at(-1)).toBe('waiting');
    await say(ana, roomId, 'Are you there?');
    isShut = false;
    await pass(1);
    expect(states.at(-1)).toBe('online');
    expect(openedBy(nino)).toBe(2);
    expect(await cast.judge(roomId, 1)).toEqual([]);
  }, 180_000);
});

describe('a page whose timers stand still', () => {
  it('is cut after ten minutes of silence, comes back by itself, and has what was written meanwhile', async () => {
    const { customer, vendor } = await start();
    const { now, after } = DEFAULT_PORTS;
    // Back two seconds later.
    const nino = cast.device(customer, { ports: { now, after, random: () => 0.12 } });
    const ana = cast.device(vendor, patient());
    const roomId = await cast.room(customer, vendor, [nino, ana]);
    const states = statesOf(nino.chat);
    await pass(9.9);
    expect(stack.runtime.figures().connections).toBe(2);
    await pass(0.2);
    await whole(() => expect(states.at(-1)).toBe('waiting'));
    await say(ana, roomId, 'Are you there?');
    expect(states.at(-1)).toBe('waiting');
    await whole(() => expect(states.at(-1)).toBe('online'));
    expect(await cast.judge(roomId, 1)).toEqual([]);
  }, 180_000);
});

describe('a socket that is dead and looks open', () => {
  it('is found by the next ping, and what was missed is there', async () => {
    const { customer, vendor } = await start();
    const wire = new DyingWire();
    const nino = cast.device(customer, patient({ openSocket: wire.openSocket }));
    const ana = cast.device(vendor, patient());
    const roomId = await cast.room(customer, vendor, [nino, ana]);
    const states = statesOf(nino.chat);
    // It looks twice after it has connected.
    await pass(0.1);
    wire.die();
    for (let number = 1; number <= 5; number += 1) await say(ana, roomId, `Unheard ${number}`);
    await pass(8.8);
    expect(nino.chat.room(roomId).getState().messages).toEqual([]);
    expect(states.filter((state) => state !== 'online')).toEqual([]);
    await pass(0.1 + PROBE_MS / MINUTE_MS);
    expect(await cast.judge(roomId, 5)).toEqual([]);
    expect(openedBy(nino)).toBe(2);
  }, 180_000);
});

describe('a socket whose farewell never comes', () => {
  it('is said to be there for as long as its row lives, and not any longer', async () => {
    const { ana, roomId, rowsOfNino } = await leaveWithoutFarewell();
    expect(await isThere(ana, roomId)).toBe(true);
    // A row lives fifteen minutes, and is swept within half a minute.
    await pass(15.6);
    expect(isShownThere(ana, roomId)).toBe(false);
    expect(await isThere(ana, roomId)).toBe(false);
    expect(await rowsOfNino()).toBe(0);
    expect(await cast.judge(roomId, 0)).toEqual([]);
  }, 180_000);

  it('is found out by the next push to it, and its row is removed', async () => {
    const { ana, roomId, rowsOfNino } = await leaveWithoutFarewell();
    await pass(1);
    expect(await rowsOfNino()).toBe(1);
    await say(ana, roomId, 'Are you there?');
    await whole(async () => expect(await rowsOfNino()).toBe(0));
    // Grace for somebody who comes back at once.
    await whole(() => expect(isShownThere(ana, roomId)).toBe(false));
    expect(await isThere(ana, roomId)).toBe(false);
    expect(await cast.judge(roomId, 1)).toEqual([]);
  }, 180_000);
});

/** A customer's device loses its network for good, and the gateway never tells. */
async function leaveWithoutFarewell() {
  let dropped = 0;
  const dropFarewells =
    (invoke: Invoke): Invoke =>
    async (functionId, event) => {
      const { requestContext: { routeKey = '' } = {} } = event as {
        requestContext?: { routeKey?: string };
      };
      if (routeKey !== '$disconnect') return invoke(functionId, event);
      dropped += 1;
      return { ok: true, payload: { statusCode: 200 } };
    };
  const { customer, vendor } = await start(dropFarewells);
  const nino = cast.device(customer);
  const ana = cast.device(vendor, patient());
  const roomId = await cast.room(customer, vendor, [nino, ana]);
  await ana.chat.room(roomId).loadPeople();
  nino.crash();
  await whole(() => expect(dropped).toBe(1));
  const tables = tablesOf(stack);
  const rowsOfNino = async () =>
    (await tables.all('Connections', { member: customer.member })).length;
  return { ana, roomId, rowsOfNino };
}

function isShownThere({ chat }: Device, roomId: string): boolean | undefined {
  return chat
    .room(roomId)
    .getState()
    .people.find(({ isMe }) => !isMe)?.online;
}

/** What the server says now. */
async function isThere(device: Device, roomId: string): Promise<boolean | undefined> {
  await device.chat.room(roomId).loadPeople();
  return isShownThere(device, roomId);
}

/** A wire on which sockets can die: what is said is swallowed, nothing comes, nothing closes. */
class DyingWire {
  #dead = new Set<object>();
  readonly #all: object[] = [];

  die(): void {
    this.#dead = new Set(this.#all);
  }

  readonly openSocket: Ports['openSocket'] = (url, protocols, listener) => {
    const self = {};
    this.#all.push(self);
    const isAlive = () => !this.#dead.has(self);
    const socket = DEFAULT_PORTS.openSocket(url, protocols, {
      onOpen: listener.onOpen,
      onText: (text) => isAlive() && listener.onText(text),
      onClose: (code) => isAlive() && listener.onClose(code),
    });
    return {
      send: (text) => isAlive() && socket.send(text),
      close: () => isAlive() && socket.close(),
    };
  };
}
