/** Calls about rooms: who may open one, who sees which, and what a forged cursor gets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

describe('opening a room', () => {
  it('is for customers', async () => {
    for (const claims of [ANA, { role: 'admin' }]) {
      const answer = await chat.call('openRoom', {
        token: chat.token(claims),
        body: { vendorId: '7' },
      });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  it.each([
    {},
    { vendorId: '' },
    { vendorId: 7 },
    { vendorId: 'x'.repeat(193) },
    { vendorId: '7\u0000' },
    { vendorId: '\ud800' },
  ])('with %o is a problem', async (body) => {
    const answer = await chat.call('openRoom', { token: chat.token(NINO), body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ path: 'vendorId' }] },
    });
  });
});

describe('reading rooms', () => {
  it('shows a room to its members only', async () => {
    const { body } = await chat.call('openRoom', {
      token: chat.token(NINO),
      body: { vendorId: '7' },
    });
    const params = { roomId: body.roomId };
    for (const [claims, status] of [
      [NINO, 200],
      [ANA, 200],
      [{ sub: '43', role: 'customer' }, 404],
      [{ role: 'admin' }, 403],
    ] as const) {
      expect((await chat.call('getRoom', { token: chat.token(claims), params })).status).toBe(
        status,
      );
      expect(
        (await chat.call('listParticipants', { token: chat.token(claims), params })).status,
      ).toBe(status);
    }
  });

  it.each(['x', 'eyJ4IjoxfQ', '%%%', '{"bucket":"9"}'])(
    'refuses the forged cursor %s',
    async (cursor) => {
      for (const claims of [NINO, ANA]) {
        const answer = await chat.call('listRooms', {
          token: chat.token(claims),
          query: { cursor },
        });
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } });
      }
    },
  );

  it.each([{ filter: 'mine' }, { limit: '0' }])('with the query %o is a problem', async (query) => {
    expect((await chat.call('listRooms', { token: chat.token(NINO), query })).status).toBe(400);
  });

  it.each(['updateRoom', 'updateMine'] as const)('%s is not supported yet', async (name) => {
    const body = name === 'updateRoom' ? { status: 'closed' } : { muted: true };
    const answer = await chat.call(name, {
      token: chat.token(ANA),
      params: { roomId: 'd-x' },
      body,
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported' } });
  });
});

describe('health', () => {
  it('answers without a token', async () => {
    expect(await chat.call('health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
