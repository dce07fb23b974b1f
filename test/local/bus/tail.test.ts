import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  createEventBuses,
  type DeliveredEvent,
  type EventBuses,
} from '../../../lib/local/bus/event-buses.ts';
import { createEventTail, eventLine } from '../../../lib/local/bus/tail.ts';
import { listen, type Listening } from '../fixtures/services.ts';

const anEvent = (id: string): DeliveredEvent => ({
  version: '0',
  id,
  'detail-type': 'message.created',
  source: 'parley',
  account: '000000000000',
  time: '2026-11-22T16:05:47Z',
  region: 'us-east-1',
  resources: [],
  detail: { version: 1, key: `d-1#${id}`, text: 'გამარჯობა\nnext' },
});

let buses: EventBuses;
let followers = 0;
let service: Listening;
beforeAll(async () => {
  buses = createEventBuses({ buses: [], rules: [], send: () => undefined });
  for (const id of ['a', 'b']) buses.deliver('default', anEvent(id));
  const subscribe: EventBuses['subscribe'] = (listener) => {
    followers += 1;
    const stop = buses.subscribe(listener);
    return () => {
      followers -= 1;
      stop();
    };
  };
  service = await listen(createEventTail({ ...buses, subscribe }));
});
afterAll(() => service.stop());

const read = async (query = '') => (await fetch(`${service.url}/local/events${query}`)).text();

describe('GET /local/events', () => {
  it('answers a line of JSON per event', async () => {
    const lines = (await read()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([anEvent('a'), anEvent('b')]);
  });

  it('goes on after an event', async () => {
    expect(JSON.parse(await read('?after=a'))).toEqual(anEvent('b'));
    expect(await read('?after=b')).toBe('');
  });

  it('follows what comes, until nobody listens any more', async () => {
    const abort = new AbortController();
    const { body } = await fetch(`${service.url}/local/events?after=b&follow`, {
      signal: abort.signal,
    });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    buses.deliver('default', anEvent('c'));
    expect(JSON.parse((await reader?.read())?.value ?? '')).toEqual(anEvent('c'));
    expect(followers).toBe(1);
    abort.abort();
    await expect.poll(() => followers).toBe(0);
  });

  it('takes no other method', async () => {
    const { status } = await fetch(`${service.url}/local/events`, { method: 'POST' });
    expect(status).toBe(405);
  });
});

describe('eventLine', () => {
  it('is one line, whatever the detail holds', () => {
    expect(eventLine(anEvent('a'))).toBe(
      '16:05:47 message.created  d-1#a  {"version":1,"text":"გამარჯობა\\nnext"}',
    );
  });

  it('has a place for a key that is not there', () => {
    expect(eventLine({ ...anEvent('a'), detail: {} })).toBe('16:05:47 message.created  -  {}');
  });
});
