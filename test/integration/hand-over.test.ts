/** A socket follows another on the whole stack: hours that tests do not have pass at a word, everything else in real time. */
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { DEFAULT_PORTS } from '#client/ports.ts';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { aCustomer, aVendor, connected, eventually, personAt, textsOf } from './people.ts';

/** Shorter waits take as long as they do. */
const LONG_MS = 60 * 60_000;

let stack: LocalStack;
const leaving: (() => void)[] = [];

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(async () => {
  for (const leave of leaving) leave();
  await stack.stop();
});

/** Timers of an hour and more wait for `pass`. */
function hoursInHand() {
  const waiting = new Set<() => void>();
  return {
    delays: [] as number[],
    after(this: { delays: number[] }, delayMs: number, run: () => void) {
      if (delayMs < LONG_MS) return DEFAULT_PORTS.after(delayMs, run);
      this.delays.push(delayMs);
      waiting.add(run);
      return () => void waiting.delete(run);
    },
    pass: () => {
      for (const run of waiting) {
        waiting.delete(run);
        run();
      }
    },
  };
}

/** Somebody whose sockets grow old at a word, and what they would have noticed. */
async function patientPerson(claims: Parameters<typeof personAt>[1], peer: () => string) {
  const hours = hoursInHand();
  const after = hours.after.bind(hours);
  const person = personAt(stack, { ...claims, expiresIn: 36_000 }, { after });
  const { client } = person;
  leaving.push(client.close);
  await connected(client);
  const noticed = {
    statuses: new Set<string>(),
    heard: [] as number[],
    presence: new Set<boolean>(),
  };
  client.subscribe(() => noticed.statuses.add(client.getState().connection));
  client.on('message', ({ message, isMine }) => isMine || noticed.heard.push(message.seq));
  client.presence.subscribe(() => {
    const seen = client.presence.getState()[peer()];
    if (seen) noticed.presence.add(seen.online);
  });
  return { person, client, hours, noticed };
}

/** That many sockets have opened one after the other, and only the last is left. */
const handedOver = (people: Awaited<ReturnType<typeof patientPerson>>[], opened: number) =>
  vi.waitFor(
    () => {
      for (const { person, hours } of people) {
        expect([hours.delays.length, person.countSockets()]).toEqual([opened, 1]);
      }
    },
    { timeout: 30_000, interval: 50 },
  );

describe('a socket that follows another', () => {
  it('is noticed by neither side: nothing missed, doubled or offline, and typing shows', async () => {
    const vendor = aVendor();
    const customer = aCustomer();
    const ana = await patientPerson(vendor, () => `customer:${customer.sub}`);
    const nino = await patientPerson(customer, () => `vendor:${vendor.vendor_id}`);
    const room = await nino.client.openRoom({ vendorId: vendor.vendor_id });
    const { roomId } = room;
    const hers = ana.client.room(roomId);
    for (const handle of [room, hers]) {
      handle.watch();
      await handle.loadLatest();
    }
    room.send({ text: 'message 0' });
    await eventually(() => expect(hers.getState().messages).toHaveLength(1));
    await Promise.all([room.loadPeople(), hers.loadPeople()]);

    let count = 1;
    let typings = 0;
    const stopCounting = hers.subscribe(() => (typings += hers.getState().typing.length));
    const talk = async (times: number) => {
      for (const end = count + times; count < end; count += 1) {
        const writer = count % 2 === 0 ? room : hers;
        room.setTyping(true);
        writer.send({ text: `message ${count}` });
        await eventually(() => {
          for (const handle of [room, hers]) {
            expect(handle.getState().messages.at(-1)?.text).toBe(`message ${count}`);
          }
        });
      }
    };
    for (const opened of [2, 3]) {
      ana.hours.pass();
      nino.hours.pass();
      const talking = talk(8);
      await handedOver([ana, nino], opened);
      await talking;
      await talk(2);
    }
    // an offline that was wrongly told would come after its ten seconds of grace
    await sleep(10_000);
    stopCounting();

    const expected = Array.from({ length: count }, (_, at) => `message ${at}`);
    expect(textsOf(nino.client, roomId)).toEqual(
      expected.slice(-textsOf(nino.client, roomId).length),
    );
    for (const { noticed } of [ana, nino]) {
      expect([...noticed.statuses]).toEqual(['online']);
      expect(noticed.presence).not.toContain(false);
      expect(noticed.heard).toEqual([...new Set(noticed.heard)].toSorted((a, b) => a - b));
    }
    expect(nino.noticed.heard.length + ana.noticed.heard.length).toBe(count);
    expect(typings).toBeGreaterThan(10);
    for (const { hours } of [ana, nino]) {
      for (const delayMs of hours.delays) {
        expect(delayMs).toBeGreaterThanOrEqual(100 * 60_000);
        expect(delayMs).toBeLessThan(115 * 60_000);
      }
    }
    expect(stack.problems).toEqual([]);
  }, 120_000);
});
