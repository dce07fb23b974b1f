/** The EventBridge bus: what is wanted, in calls that it takes, each event taken or the call failed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { keyOf } from '#core/bus/bus.ts';
import { factsOf } from '#core/bus/facts.ts';
import { batchesOf, createBus, entryOf } from '#runtime/stream/bus.ts';
import type { BusEvent } from '#protocol/events.ts';

import { aHead, aMessage, CUSTOMER, VENDOR } from '../../support/builders.ts';
import { type FakeAws, startFakeAws } from '../../support/fake-aws.ts';

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_EVENTBRIDGE: aws.url,
  });
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.published.length = 0;
  aws.batches.length = 0;
  aws.refused.clear();
  aws.hanging.clear();
  aws.failsEntry = () => false;
});

const busOf = (...types: BusEvent['type'][]) => createBus({ busName: 'parley-test', types });

function closed(seq: number): BusEvent {
  const { roomId, at } = aMessage();
  const key = keyOf('room.closed', { roomId, seq });
  const detail = { version: 1, key, at, roomId, customer: CUSTOMER, vendor: VENDOR, seq } as const;
  return { type: 'room.closed', detail };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => closed(index + 1));

describe('the bus', () => {
  it('takes events as they are, ten a call', async () => {
    await busOf('room.closed').publish(many(21));
    expect(aws.published).toEqual(many(21));
    expect(aws.batches).toEqual([10, 10, 1]);
  });

  it('drops what is not wanted, and says so before', async () => {
    const bus = busOf('room.created');
    expect([bus.wants('room.created'), bus.wants('room.closed')]).toEqual([true, false]);
    await bus.publish(many(2));
    await bus.publish([]);
    expect(aws.batches).toEqual([]);
  });

  it('fails where one entry failed, though the others were taken', async () => {
    aws.failsEntry = ({ detail }) => detail.key.endsWith('#2');
    const published = busOf('room.closed').publish(many(3));
    await expect(published).rejects.toThrow('did not take 1 of 3 events: InternalFailure');
    expect(aws.published).toHaveLength(2);
  });

  it('fails where the call is refused', async () => {
    aws.refused.add('PutEvents');
    await expect(busOf('room.closed').publish(many(1))).rejects.toThrow('The test refuses it.');
  });

  it('fails where the call is not answered in time', async () => {
    aws.hanging.add('PutEvents');
    const bus = createBus({ busName: 'parley-test', types: ['room.closed'], timeoutMs: 50 });
    await expect(bus.publish(many(1))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('the calls', () => {
  const entry = (bytes: number) => ({ Source: '', DetailType: '', Detail: 'x'.repeat(bytes - 14) });
  const LIMIT = 256 * 1024;

  it.each([
    [[LIMIT], [1]],
    [[LIMIT / 2, LIMIT / 2], [2]],
    [
      [LIMIT / 2, LIMIT / 2 + 1],
      [1, 1],
    ],
    [
      [LIMIT, 100, 100],
      [1, 2],
    ],
    [Array.from({ length: 11 }, () => 100), [10, 1]],
    [[], []],
  ])('hold entries of %j bytes as %j', (sizes, expected) => {
    const batches = batchesOf(sizes.map(entry));
    expect(batches.map((batch) => batch.length)).toEqual(expected);
  });

  it('cannot hold a larger one', () => {
    expect(() => batchesOf([{ ...entry(LIMIT + 1), DetailType: '' }])).toThrow(
      `${LIMIT + 1} bytes`,
    );
  });

  it('count bytes and not characters', () => {
    const half = { Source: '', DetailType: '', Detail: 'ჯ'.repeat(LIMIT / 3 / 2) };
    expect(batchesOf([half, half]).length).toBe(2);
  });

  it('hold the largest message there can be many times', () => {
    const message = aMessage({ seq: 2, text: '\u0001'.repeat(4_000) });
    const change = { message, before: null, at: message.at, version: '1' };
    const [event] = factsOf({ head: aHead(), about: null }, change);
    if (event === undefined) throw new Error('A message is an event.');
    expect(entryOf('parley-test', event).Detail?.length).toBeLessThan(LIMIT / 8);
  });
});
