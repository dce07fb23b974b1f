/** Devices on a bad day: wrong clocks, tokens that end in a burst, answers and events out of order. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { DEFAULT_PORTS, type Ports } from '#client/ports.ts';

import { type LocalStack, startLocalStack } from '../../support/local-stack.ts';
import { type Sequence, sequenceOf } from '../faults/dice.ts';
import { Cast, type Device, type DeviceOptions, SETTINGS, statesOf, whole } from './cast.ts';

const SEED = 20_261_130;
const MESSAGES = 40;
const TEN_MINUTES_MS = 600_000;
/** The shortest life that a client renews in time. */
const TOKEN_SECONDS = 14;

let stack: LocalStack;
let cast: Cast;

beforeAll(async () => {
  stack = await startLocalStack(SETTINGS);
});
afterEach(() => cast.close());
afterAll(() => stack?.stop());

/** A customer with two devices and a vendor, in one room: the first device, and all others. */
async function setUp(first: DeviceOptions, others: DeviceOptions = first) {
  cast = new Cast(() => stack, SEED);
  const customer = cast.person('customer');
  const vendor = cast.person('vendor');
  const nino = cast.device(customer, first);
  const ana = cast.device(vendor, others);
  const phone = cast.device(customer, others);
  const roomId = await cast.room(customer, vendor, [nino, ana, phone]);
  return { nino, ana, phone, roomId, all: [nino, ana, phone] };
}

type Scene = Awaited<ReturnType<typeof setUp>>;

/** Everybody writes, and reads what is there. */
async function talk({ all, roomId }: Scene, pauseMs: number): Promise<void> {
  for (let number = 0; number < MESSAGES; number += 1) {
    const room = all[number % all.length]?.chat.room(roomId);
    room?.send({ text: `Number ${number}` });
    if (number % 5 === 0) room?.markRead();
    await sleep(pauseMs);
  }
}

describe('two devices whose clocks are ten minutes off, each the other way', () => {
  it('show the same conversation and the same people, numbered and timed by the server', async () => {
    const skewed = (byMs: number) => ({ ports: { now: () => Date.now() + byMs } });
    const scene = await setUp(skewed(TEN_MINUTES_MS), skewed(-TEN_MINUTES_MS));
    const startedMs = Date.now();
    await talk(scene, 20);
    expect(await cast.judge(scene.roomId, MESSAGES)).toEqual([]);
    for (const { chat } of scene.all) {
      await whole(() => chat.room(scene.roomId).loadPeople());
      const { messages, people } = chat.room(scene.roomId).getState();
      const times = messages.map(({ at }) => Date.parse(at));
      expect(Math.min(...times)).toBeGreaterThanOrEqual(startedMs - 1_000);
      expect(Math.max(...times)).toBeLessThanOrEqual(Date.now() + 1_000);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(people.map(({ online }) => online)).toEqual([true, true]);
    }
  }, 180_000);
});

/** How many sockets a device has opened. */
const socketsOf = ({ name }: Device) =>
  cast.history.entries.filter((it) => it.kind === 'socket' && it.isOpen && it.client === name)
    .length;

describe('tokens that end in the middle of a burst', () => {
  it('are followed by new ones in time, also by a clock that hides their end', async () => {
    const short = (byMs: number) => ({
      tokenSeconds: TOKEN_SECONDS,
      ports: { now: () => Date.now() + byMs },
    });
    const scene = await setUp(short(0), short(-TEN_MINUTES_MS));
    const states = scene.all.map(({ chat }) => statesOf(chat));
    await talk(scene, (TOKEN_SECONDS * 1_500) / MESSAGES);
    expect(await cast.judge(scene.roomId, MESSAGES)).toEqual([]);
    for (const device of scene.all) expect(socketsOf(device)).toBeGreaterThanOrEqual(2);
    expect(states.flat().filter((state) => state !== 'online')).toEqual([]);
  }, 180_000);

  it('and whose issuer is down until they have ended, are waited for, and everything written goes out', async () => {
    let isDown = false;
    const options: DeviceOptions = {
      tokenSeconds: TOKEN_SECONDS,
      aroundToken: (issue) => (isDown ? Promise.reject(new Error('The issuer is down.')) : issue()),
    };
    const scene = await setUp(options);
    isDown = true;
    await talk(scene, (TOKEN_SECONDS * 1_200) / MESSAGES);
    const left = scene.all.reduce((sum, { chat }) => sum + chat.getState().unsent, 0);
    expect(left).toBeGreaterThan(0);
    isDown = false;
    expect(await cast.judge(scene.roomId, MESSAGES)).toEqual([]);
  }, 180_000);
});

describe('answers over HTTP and events over the socket, each on its own way', () => {
  it.each([SEED + 1, SEED + 2])(
    'come in any order, and everything is shown once (seed %i)',
    async (seed) => {
      const chance = sequenceOf(seed, 'ways');
      const scene = await setUp({ ports: slowWays(chance) });
      await talk(scene, 20);
      expect(await cast.judge(scene.roomId, MESSAGES)).toEqual([]);
    },
    180_000,
  );
});

/** Every answer and every event takes up to half a second; events keep their order among themselves. */
function slowWays(chance: Sequence): Pick<Ports, 'fetch' | 'openSocket'> {
  return {
    fetch: async (url, init) => {
      const response = await DEFAULT_PORTS.fetch(url, init);
      await sleep(chance.below(500));
      return response;
    },
    openSocket: (url, protocols, listener) => {
      let last = Promise.resolve();
      return DEFAULT_PORTS.openSocket(url, protocols, {
        ...listener,
        onText: (text) => {
          last = Promise.all([last, sleep(chance.below(500))]).then(() => listener.onText(text));
        },
      });
    },
  };
}
