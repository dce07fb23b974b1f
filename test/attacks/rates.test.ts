/** The rate of messages where it is one in ten seconds: who is refused, by which call, and that it writes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type MeteredStage, startMeteredStage } from './support/metered-stage.ts';
import { aCustomer, aText, aVendor, eventually } from './support/people.ts';
import type { Answer, Stage } from './support/stage.ts';

let metered: MeteredStage;
let stage: Stage;
beforeAll(async () => {
  metered = await startMeteredStage({ messagesPer10Seconds: 1 });
  ({ stage } = metered);
});
afterAll(() => metered.stop());

/** A room whose customer has just written, and so has nothing left for ten seconds. */
async function aSpentRoom() {
  const shop = aVendor();
  const [nino, ana] = [await stage.token(aCustomer()), await stage.token(shop)];
  const body = { vendorId: shop.vendor_id };
  const opened = await stage.call('POST', '/rooms', { token: nino, body });
  const room = `/rooms/${opened.body.roomId}`;
  const line = await stage.open(nino);
  const first = await stage.call('POST', `${room}/messages`, { token: nino, body: aText() });
  expect([first.status, first.body.seq]).toEqual([201, 1]);
  return { nino, ana, room, roomId: String(opened.body.roomId), line };
}

type Room = Awaited<ReturnType<typeof aSpentRoom>>;

/** Everything that takes from a member's messages, over HTTP. */
const CALLS: Record<string, (room: Room) => Promise<Answer>> = {
  'another message': ({ nino, room }) =>
    stage.call('POST', `${room}/messages`, { token: nino, body: aText() }),
  'an edit': ({ nino, room }) =>
    stage.call('PATCH', `${room}/messages/1`, { token: nino, body: { text: 'other words' } }),
  'a deletion': ({ nino, room }) => stage.call('DELETE', `${room}/messages/1`, { token: nino }),
  'a reaction': ({ nino, room }) =>
    stage.call('PUT', `${room}/messages/1/reactions`, {
      token: nino,
      body: { emoji: '👍', on: true },
    }),
};

/** The same over the socket. */
const FRAMES: Record<string, () => object> = {
  'another message': () => ({ action: 'send', message: aText() }),
  'an edit': () => ({ action: 'edit', seq: 1, text: 'other words' }),
  'a deletion': () => ({ action: 'delete', seq: 1 }),
  'a reaction': () => ({ action: 'react', seq: 1, emoji: '👍', on: true }),
};

/** Says something over the socket; its answer. */
async function answerTo({ line, roomId }: Room, frame: object) {
  const ref = crypto.randomUUID();
  line.say({ ...frame, ref, roomId });
  await eventually(() => expect(line.heard.some((it) => it.ref === ref)).toBe(true));
  return line.heard.find((it) => it.ref === ref);
}

const SECONDS = /^(?:[1-9]|10)$/u;

async function expectUntouched({ ana, room }: Room): Promise<void> {
  const { body } = await stage.call('GET', `${room}/messages`, { token: ana });
  expect(body.items).toMatchObject([{ seq: 1, editedAt: null, deletedAt: null, reactions: {} }]);
}

describe('whoever has just written', () => {
  it.each(Object.entries(CALLS))('is refused %s over HTTP', async (_, make) => {
    const room = await aSpentRoom();
    const { status, body, headers } = await make(room);
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(String(body.retryAfter)).toMatch(SECONDS);
    expect(headers.get('retry-after')).toBe(String(body.retryAfter));
    await expectUntouched(room);
  });

  it.each(Object.entries(FRAMES))('is refused %s over the socket', async (_, frame) => {
    const room = await aSpentRoom();
    const answer = await answerTo(room, frame());
    expect(answer).toMatchObject({ event: 'error', code: 'rate_limited' });
    expect(String(answer.retryAfter)).toMatch(SECONDS);
    await expectUntouched(room);
  });

  it('is refused a closing, where it was the shop that wrote', async () => {
    const { ana, room } = await aSpentRoom();
    const say = () => stage.call('POST', `${room}/messages`, { token: ana, body: aText() });
    const close = () => stage.call('PATCH', room, { token: ana, body: { status: 'closed' } });
    expect((await say()).status).toBe(201);
    const { status, body } = await close();
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect((await stage.call('GET', room, { token: ana })).body.status).toBe('open');
  });

  it('does not take from the other side, nor from another room', async () => {
    const { ana, room } = await aSpentRoom();
    const other = await stage.call('POST', `${room}/messages`, { token: ana, body: aText() });
    expect(other.status).toBe(201);
  });

  it('costs nothing by all that is refused: it writes what the one message writes', async () => {
    const spend = async (work: (room: Room) => Promise<unknown>) => {
      const { calls } = await metered.spentFor(async () => work(await aSpentRoom()));
      return Object.entries(calls).filter(([name]) => !/^(?:Get|Query|Batch)/u.test(name));
    };
    const alone = await spend(async () => Promise.resolve());
    const refused = await spend(async (room) => {
      for (const make of Object.values(CALLS)) expect((await make(room)).status).toBe(429);
      for (const frame of Object.values(FRAMES)) {
        expect(await answerTo(room, frame())).toMatchObject({ code: 'rate_limited' });
      }
    });
    expect(alone).toContainEqual(['PutItem Messages', { count: 1, units: 1 }]);
    expect(Object.fromEntries(refused)).toEqual(Object.fromEntries(alone));
  });
});
