/** Floods: every limit of the contract, what a refusal says, and that it costs the database next to nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import { type MeteredStage, startMeteredStage } from './support/metered-stage.ts';
import { aCustomer, aText, aVendor, eventually } from './support/people.ts';
import type { Answer, Line, Stage } from './support/stage.ts';

let metered: MeteredStage;
let stage: Stage;
beforeAll(async () => {
  metered = await startMeteredStage();
  ({ stage } = metered);
});
afterAll(() => metered.stop());

/** What the database is asked to write for it, in units. */
const writesOf = async (work: () => Promise<unknown>): Promise<number> =>
  (await metered.spentFor(work)).writeUnits;

function expectLimited({ status, body, headers }: Answer, seconds: number): void {
  expect([status, body.code]).toEqual([429, 'rate_limited']);
  expect(body.retryAfter).toBeGreaterThanOrEqual(1);
  expect(body.retryAfter).toBeLessThanOrEqual(seconds);
  expect(headers.get('retry-after')).toBe(String(body.retryAfter));
}

async function aRoom() {
  const shop = aVendor();
  const [nino, ana] = [await stage.token(aCustomer()), await stage.token(shop)];
  const opened = await stage.call('POST', '/rooms', {
    token: nino,
    body: { vendorId: shop.vendor_id },
  });
  const roomId = String(opened.body.roomId);
  return { shop, nino, ana, roomId, messages: `/rooms/${roomId}/messages` };
}

/** Calls one after the other until one is refused; answers how many were not. */
async function untilLimited(make: (n: number) => Promise<Answer>, max: number) {
  for (let n = 0; n < max; n += 1) {
    const answer = await make(n);
    if (answer.status === 429) return { passed: n, answer };
    expect(answer.status).toBeLessThan(300);
  }
  throw new Error(`${max} calls were let through.`);
}

/** Does it, and says how many messages the rate lets through in that time: on a slow machine more come back meanwhile. */
async function timed<T>(work: () => Promise<T>) {
  const startedAt = performance.now();
  const value = await work();
  const windows = 1 + (performance.now() - startedAt) / 10_000;
  return { value, most: Math.ceil(windows * DEFAULT_LIMITS.messagesPer10Seconds) };
}

describe('what a limit refuses', () => {
  it('is the 31st new room of an hour, and it is not made', async () => {
    const token = await stage.token(aCustomer());
    const open = () =>
      stage.call('POST', '/rooms', { token, body: { vendorId: aVendor().vendor_id } });
    const { passed, answer } = await untilLimited(open, 100);
    expect(passed).toBe(DEFAULT_LIMITS.roomsPerHour);
    expectLimited(answer, 3_600 / DEFAULT_LIMITS.roomsPerHour);
    // Of a thousand more none is made, and none is written.
    const writes = await writesOf(async () => {
      for (let n = 0; n < 20; n += 1) expectLimited(await open(), 120);
    });
    expect(writes).toBe(0);
    const { body } = await stage.call('GET', '/rooms?limit=100', { token });
    expect(body.items).toHaveLength(passed);
  });

  it('is the same text to everybody, after 20 first contacts', async () => {
    const token = await stage.token(aCustomer());
    const rooms: string[] = [];
    for (let n = 0; n < DEFAULT_LIMITS.roomsPerHour; n += 1) {
      const body = { vendorId: aVendor().vendor_id };
      rooms.push(String((await stage.call('POST', '/rooms', { token, body })).body.roomId));
    }
    const spam = (roomId = '') =>
      stage.call('POST', `/rooms/${roomId}/messages`, {
        token,
        body: aText({ text: 'Buy gold!' }),
      });
    const { passed, answer } = await untilLimited((n) => spam(rooms[n]), rooms.length);
    expect(passed).toBe(DEFAULT_LIMITS.firstContactsPerHour);
    expectLimited(answer, 3_600 / DEFAULT_LIMITS.firstContactsPerHour);
    expect(await writesOf(() => spam(rooms.at(-1)))).toBe(0);
    // Who was written to already may be written to.
    expect((await spam(rooms[0])).status).toBe(201);
  });

  it('is the 21st message within ten seconds', async () => {
    const { nino, messages } = await aRoom();
    const say = () => stage.call('POST', messages, { token: nino, body: aText() });
    const { value: flood, most } = await timed(() => Promise.all(Array.from({ length: 60 }, say)));
    const limited = flood.filter(({ status }) => status === 429);
    const stored = flood.filter(({ status }) => status === 201).length;
    expect(stored).toBeLessThanOrEqual(most);
    // What is in flight at once is counted one by one: none less is let through either.
    expect(stored).toBeGreaterThanOrEqual(DEFAULT_LIMITS.messagesPer10Seconds);
    for (const answer of limited) expectLimited(answer, 10);
    expect(flood.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('is an upload more than 300 in an hour', async () => {
    const { nino, roomId } = await aRoom();
    const file = { name: 'a.png', contentType: 'image/png', size: 20 };
    const ask = () =>
      stage.call('POST', `/rooms/${roomId}/attachments`, { token: nino, body: file });
    const { passed, answer } = await untilLimited(ask, DEFAULT_LIMITS.uploadsPerHour + 50);
    expect(passed).toBeGreaterThanOrEqual(DEFAULT_LIMITS.uploadsPerHour);
    expect(passed).toBeLessThanOrEqual(DEFAULT_LIMITS.uploadsPerHour + 20);
    expectLimited(answer, 3_600 / DEFAULT_LIMITS.uploadsPerHour);
    // What has come back meanwhile writes its count; what is refused writes nothing.
    const statuses: number[] = [];
    const writes = await writesOf(async () => {
      for (let n = 0; n < 20; n += 1) statuses.push((await ask()).status);
    });
    expect(statuses.at(-1)).toBe(429);
    expect(writes).toBe(statuses.filter((status) => status === 201).length);
  });
});

describe('one socket', () => {
  it('that sends too fast is told so, and closed at the third strike, at no cost of writing', async () => {
    const { nino } = await aRoom();
    const line = await stage.open(nino);
    const writes = await writesOf(async () => {
      for (let n = 0; n < 60; n += 1) line.say({ action: 'dance', ref: `r${n}` });
      await line.closed;
    });
    const codes = line.heard.map(({ code }) => code);
    expect(codes.filter((code) => code === 'invalid').length).toBeGreaterThanOrEqual(
      DEFAULT_LIMITS.framesPer10Seconds,
    );
    const limited = line.heard.filter(({ code }) => code === 'rate_limited');
    expect(limited.length).toBeGreaterThanOrEqual(1);
    for (const { retryAfter } of limited) expect(retryAfter).toBeGreaterThanOrEqual(1);
    // Its row: taken away when it closed.
    expect(writes).toBeLessThanOrEqual(1);
  });
});

describe('fifty sockets of one user', () => {
  it('leave ten open, and those are the ones that are told', async () => {
    const { nino, ana, messages } = await aRoom();
    const lines: Line[] = [];
    for (let n = 0; n < 50; n += 1) lines.push(await stage.open(nino, { query: `?device=d${n}` }));
    const isOpen = ({ socket }: Line) => socket.readyState === socket.OPEN;
    await eventually(() =>
      expect(lines.filter(isOpen)).toHaveLength(DEFAULT_LIMITS.connectionsPerUser),
    );
    // The oldest have gone.
    expect(lines.map(isOpen).lastIndexOf(false)).toBe(39);
    const sent = await stage.call('POST', messages, { token: ana, body: aText() });
    expect(sent.status).toBe(201);
    const told = ({ heard }: Line) => heard.some(({ event }) => event === 'message');
    await eventually(() => expect(lines.filter(told)).toEqual(lines.filter(isOpen)));
  });

  it('cost, each beyond the tenth, its own row and taking away the oldest', async () => {
    const { nino } = await aRoom();
    for (let n = 0; n < DEFAULT_LIMITS.connectionsPerUser; n += 1) await stage.open(nino);
    let line: Line | undefined;
    const { calls } = await metered.spentFor(async () => {
      line = await stage.open(nino);
    });
    expect(line?.socket.readyState).toBe(WebSocket.OPEN);
    // That the socket of an earlier test has gone is written ten seconds later, among the profiles.
    const writes = Object.entries(calls).filter(
      ([name]) => !/^(?:Get|Query|BatchGet)|Profiles$/u.test(name),
    );
    expect(Object.fromEntries(writes)).toEqual({
      'PutItem Connections': { count: 1, units: 1 },
      // The second: the gateway tells of the socket that was closed, and its row is taken away once more.
      'DeleteItem Connections': { count: 2, units: 2 },
    });
  });

  it('at once leave ten at most that are told, and no other that stays', async () => {
    const { nino, ana, messages } = await aRoom();
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => stage.knock(nino, { query: `?device=d${n}` })),
    );
    const lines = results.filter((it): it is Line => typeof it === 'object');
    const isOpen = ({ socket }: Line) => socket.readyState === socket.OPEN;
    await eventually(() =>
      expect(lines.filter(isOpen).length).toBeLessThanOrEqual(DEFAULT_LIMITS.connectionsPerUser),
    );
    expect((await stage.call('POST', messages, { token: ana, body: aText() })).status).toBe(201);
    const told = ({ heard }: Line) => heard.some(({ event }) => event === 'message');
    await eventually(() => {
      expect(lines.filter(told).length).toBeGreaterThan(0);
      expect(lines.filter((line) => isOpen(line) && !told(line))).toEqual([]);
    });
  });
});
