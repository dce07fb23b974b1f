/** A socket's row from its opening to its end. */
import { describe, expect, it } from 'vitest';

import { connect, disconnect, keepAlive } from '#core/connections.ts';

import {
  anAdmin,
  aCustomer,
  aVendor,
  CUSTOMER,
  rulesWith,
  START_MS,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

function aGateway(rules = rulesWith()) {
  const tables = new FakeTables();
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world, rules) };
}

const MINUTE = 60_000;
const phone = aCustomer({ device: 'phone', connectionId: 'a=' });

describe('connect', () => {
  it.each([
    ['15 minutes', START_MS + 60 * MINUTE, START_MS + 15 * MINUTE],
    ['its token', START_MS + 2 * MINUTE, START_MS + 2 * MINUTE],
  ])('makes a row that lives as long as %s', async (_name, expiresAtMs, expected) => {
    const { ports, tables } = aGateway();
    await connect(ports, { ...phone, expiresAtMs }, { connectionId: 'a=' });
    const [row] = tables.rows.values();
    expect(row).toMatchObject({ member: CUSTOMER, device: 'phone', expiresAt: expected / 1000 });
  });

  it('closes the oldest socket of a user over the limit, and no one else’s', async () => {
    const { ports, tables, world } = aGateway(rulesWith({ connectionsPerUser: 2 }));
    await connect(ports, aVendor({ user: 'giorgi' }), { connectionId: 'g' });
    for (const connectionId of ['1', '2', '3']) {
      world.nowMs += 1_000;
      await connect(ports, aVendor(), { connectionId });
    }
    expect(world.closed).toEqual(['1']);
    expect([...tables.rows.values()].map((row) => row.connectionId)).toEqual(['g', '2', '3']);
  });

  it('remembers what a shop calls itself', async () => {
    const { ports, tables } = aGateway();
    await connect(ports, aVendor(), { connectionId: 'a' });
    expect(tables.shops.get(VENDOR)).toEqual({ tokenName: 'თბილისის კერამიკა' });
  });

  it('is not for admins, nor past the token', async () => {
    const { ports } = aGateway();
    const admin = connect(ports, anAdmin(), { connectionId: 'a' });
    await expect(admin).rejects.toMatchObject({ code: 'forbidden' });
    const late = connect(ports, { ...phone, expiresAtMs: START_MS }, { connectionId: 'a' });
    await expect(late).rejects.toMatchObject({ code: 'token_expired' });
  });
});

describe('keepAlive', () => {
  it.each([
    ['leaves a fresh row alone', 3, 15],
    ['extends a row under 11 minutes', 5, 20],
  ])('%s', async (_name, afterMinutes, expectedMinutes) => {
    const { ports, world } = aGateway();
    await connect(ports, phone, { connectionId: 'a=' });
    world.nowMs += afterMinutes * MINUTE;
    const expiresAtMs = START_MS + expectedMinutes * MINUTE;
    expect(await keepAlive(ports, phone)).toEqual({ expiresAtMs });
  });

  it('finds a row so young that an eventually consistent read does not show it', async () => {
    const { ports } = aGateway();
    await connect(ports, phone, { connectionId: 'a=' });
    const { get } = ports.connections;
    const connections: typeof ports.connections = {
      ...ports.connections,
      get: async (key, { consistent }) => (consistent ? get(key, { consistent }) : null),
    };
    const expiresAtMs = START_MS + 15 * MINUTE;
    expect(await keepAlive({ ...ports, connections }, phone)).toEqual({ expiresAtMs });
  });

  it('brings no removed row back', async () => {
    const { ports, tables, world } = aGateway();
    await connect(ports, phone, { connectionId: 'a=' });
    await disconnect(ports, phone, { connectionId: 'a=' });
    world.nowMs += 9 * MINUTE;
    expect(await keepAlive(ports, phone)).toBeNull();
    expect(tables.rows.size).toBe(0);
  });

  it('does not serve past the token', async () => {
    const { ports, world } = aGateway();
    await connect(ports, phone, { connectionId: 'a=' });
    world.nowMs = phone.expiresAtMs;
    await expect(keepAlive(ports, phone)).rejects.toMatchObject({ code: 'token_expired' });
  });
});
