import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Guard, Right } from '../../../lib/local/iam/roles.ts';
import { createEventBuses, type EventBuses } from '../../../lib/local/bus/event-buses.ts';
import { createEventBridgeApi } from '../../../lib/local/bus/eventbridge-api.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { ACCESS, clientOptions, listen, refusalOf, type Listening } from '../fixtures/services.ts';

let buses: EventBuses;
/** What the bus's callers were judged for. */
const judged: Right[] = [];
const guard: Guard = (key, rights) => {
  judged.push(...rights);
  return key === 'local.stranger' ? 'No policy allows it.' : undefined;
};
let service: Listening;
let client: EventBridgeClient;
beforeAll(async () => {
  const bus = {
    logicalId: 'Chat/Bus',
    busName: 'parley',
    arn: 'arn:aws:events:r:0:event-bus/parley',
  };
  buses = createEventBuses({ buses: [bus], rules: [], send: () => undefined });
  service = await listen(
    createEventBridgeApi({ buses, access: ACCESS, guard, clock: manualClock() }),
  );
  client = new EventBridgeClient(clientOptions(service.url));
});
afterAll(() => service.stop());

const ENTRY: PutEventsRequestEntry = {
  Source: 'parley',
  DetailType: 'message.created',
  Detail: '{"key":"d-1#1"}',
  EventBusName: 'parley',
};

const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));

describe('EventBridge', () => {
  it('delivers an event as a rule would get it', async () => {
    const { Entries, FailedEntryCount } = await put({ ...ENTRY, Resources: ['d-1'] });
    expect(FailedEntryCount).toBe(0);
    expect(buses.list().at(-1)).toEqual({
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'message.created',
      source: 'parley',
      account: '000000000000',
      time: '2026-11-22T16:05:47Z',
      region: 'us-east-1',
      resources: ['d-1'],
      detail: { key: 'd-1#1' },
    });
  });

  it('takes the time that an entry names', async () => {
    await put({ ...ENTRY, Time: new Date('2026-01-02T03:04:05.678Z') });
    expect(buses.list().at(-1)?.time).toBe('2026-01-02T03:04:05Z');
  });

  it('judges each entry for itself', async () => {
    const before = buses.list().length;
    const { Entries, FailedEntryCount } = await put(
      ENTRY,
      { ...ENTRY, Detail: '{broken' },
      { ...ENTRY, Detail: '[1]' },
      { ...ENTRY, Detail: '' },
      { ...ENTRY, Source: '' },
      { ...ENTRY, DetailType: undefined },
      { ...ENTRY, EventBusName: 'lost' },
      { ...ENTRY, EventBusName: 'arn:aws:events:r:0:event-bus/parley' },
      { ...ENTRY, EventBusName: undefined },
    );
    expect(FailedEntryCount).toBe(6);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'InvalidArgument',
      'InvalidArgument',
      'ResourceNotFoundException',
      undefined,
      undefined,
    ]);
    expect(buses.list().length - before).toBe(3);
  });

  it('takes one to ten entries', async () => {
    const entries = (count: number) => Array.from({ length: count }, () => ENTRY);
    expect((await put(...entries(10))).Entries).toHaveLength(10);
    for (const count of [0, 11]) {
      expect(await refusalOf(put(...entries(count)))).toMatchObject({
        name: 'ValidationException',
        status: 400,
      });
    }
  });

  it('takes less than a megabyte in a call', async () => {
    const rest = 'parley'.length + 'message.created'.length + '{"a":""}'.length;
    const entry = (bytes: number) => ({ ...ENTRY, Detail: `{"a":"${'x'.repeat(bytes - rest)}"}` });
    expect((await put(entry(1_048_575))).FailedEntryCount).toBe(0);
    expect(await refusalOf(put(entry(1_048_576)))).toMatchObject({ name: 'ValidationException' });
    expect(await refusalOf(put(entry(600_000), entry(600_000)))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it('names an operation that it does not know', async () => {
    expect(await refusalOf(client.send(new ListRulesCommand({})))).toMatchObject({
      name: 'UnknownOperationException',
    });
  });

  it('judges the caller for each bus that it names, and for no other', async () => {
    judged.length = 0;
    await put(ENTRY, { ...ENTRY, EventBusName: 'lost' });
    expect(judged).toEqual([
      {
        action: 'events:PutEvents',
        resource: 'arn:aws:events:us-east-1:000000000000:event-bus/parley',
      },
    ]);
  });

  it('refuses a function without the right, and delivers nothing of it', async () => {
    const before = buses.list().length;
    const credentials = { ...ACCESS, accessKeyId: 'local.stranger' };
    const stranger = new EventBridgeClient(clientOptions(service.url, credentials));
    const call = stranger.send(new PutEventsCommand({ Entries: [ENTRY] }));
    expect(await refusalOf(call)).toMatchObject({ name: 'AccessDeniedException', status: 400 });
    expect(buses.list()).toHaveLength(before);
  });
});
