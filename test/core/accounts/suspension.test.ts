/** Who is shut out by a suspension, when, and what becomes of the sockets that are open or opening. */
import { describe, expect, it } from 'vitest';

import { rememberSuspensions, suspend, SUSPENSION_MEMORY_MS } from '#core/accounts/suspension.ts';
import { connect } from '#core/connections.ts';
import type { Suspension } from '#protocol/admin/suspension.ts';

import {
  aConnection,
  anAdmin,
  aCustomer,
  aVendor,
  CUSTOMER,
  START_MS,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

function aTown() {
  const tables = new FakeTables();
  const world = new World();
  const ports = portsOver(fakeStore(tables), world);
  const isBlocked = async (caller: ReturnType<typeof aCustomer>) =>
    ports.refuseSuspended(caller).then(
      () => false,
      (error: unknown) => Object(error).code === 'blocked',
    );
  return { tables, world, ports, isBlocked };
}

const ana = aVendor({ user: 'ana' });
const gia = aVendor({ user: 'gia' });
const rival = aVendor({ vendorId: '8', user: 'ana' });
const customer = aCustomer();

describe('a suspension', () => {
  it.each([
    ['a customer', { member: CUSTOMER }, [customer]],
    ['a whole shop', { member: VENDOR }, [ana, gia]],
    ['one of a shop’s staff', { member: VENDOR, user: 'ana' }, [ana]],
  ])('of %s shuts out exactly those', async (_, whom, shutOut) => {
    const { ports, isBlocked } = aTown();
    await suspend(ports, anAdmin(), { ...whom, suspended: true });
    for (const caller of [customer, ana, gia, rival, anAdmin()]) {
      expect(await isBlocked(caller)).toBe(shutOut.includes(caller));
    }
    await suspend(ports, anAdmin(), { ...whom, suspended: false });
    for (const caller of shutOut) expect(await isBlocked(caller)).toBe(false);
  });

  it('says who decided it, when and why', async () => {
    const { ports } = aTown();
    const command = { member: VENDOR, user: 'ana', suspended: true, reason: 'fraud' } as const;
    expect(await suspend(ports, anAdmin(), command)).toEqual({
      ...command,
      by: anAdmin().user,
      at: new Date(START_MS).toISOString(),
    });
  });

  it.each([customer, ana])('is not for others than admins', async (caller) => {
    const { ports, tables } = aTown();
    const refused = suspend(ports, caller, { member: CUSTOMER, suspended: true });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(tables.suspensions.size).toBe(0);
  });

  it('knows no user of a customer', async () => {
    const { ports } = aTown();
    const command = { member: CUSTOMER, user: 'x', suspended: true } as const;
    await expect(suspend(ports, anAdmin(), command)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the sockets', () => {
  const row = (connectionId: string, overrides: object = {}) =>
    aConnection({ member: VENDOR, connectionId, ...overrides });

  it('of the suspended are closed and forgotten, and nobody else’s', async () => {
    const { tables, world, ports } = aTown();
    for (const [id, user] of [
      ['a1', 'ana'],
      ['a2', 'ana'],
      ['g1', 'gia'],
    ] as const) {
      tables.putRow(row(id, { user, since: new Date(START_MS - 60_000).toISOString() }));
    }
    await suspend(ports, anAdmin(), { member: VENDOR, user: 'ana', suspended: true });
    expect([...tables.rows.values()].map(({ connectionId }) => connectionId)).toEqual(['g1']);
    expect(world.closed).toEqual(['a1', 'a2']);
    await suspend(ports, anAdmin(), { member: VENDOR, suspended: true });
    expect(tables.rows.size).toBe(0);
  });

  it('that may still be opening are closed once more when they have', async () => {
    const { tables, world, ports } = aTown();
    tables.putRow(row('young', { since: new Date(START_MS).toISOString() }));
    const closedBefore: string[][] = [];
    world.onWait = () => void closedBefore.push([...world.closed]);
    await suspend(ports, anAdmin(), { member: VENDOR, suspended: true });
    expect(closedBefore).toEqual([['young']]);
    expect(world.closed).toEqual(['young', 'young']);
  });

  it('of a reinstated user are left alone', async () => {
    const { tables, world, ports } = aTown();
    tables.putRow(row('a1'));
    await suspend(ports, anAdmin(), { member: VENDOR, suspended: false });
    expect([tables.rows.size, world.closed]).toEqual([1, []]);
  });

  it('do not open for the suspended', async () => {
    const { tables, ports } = aTown();
    await suspend(ports, anAdmin(), { member: CUSTOMER, suspended: true });
    const opening = connect(ports, customer, { connectionId: 'a' });
    await expect(opening).rejects.toMatchObject({ code: 'blocked' });
    expect(tables.rows.size).toBe(0);
  });

  /** Each request of the handshake is a moment at which the whole suspension may come. */
  it.each([0, 1, 2, 3, 4, 5])(
    'leave no row where the suspension comes before request %i of the handshake',
    async (moment) => {
      const tables = new FakeTables();
      const world = new World();
      const calm = portsOver(fakeStore(tables), world);
      let requests = 0;
      const meddling = fakeStore(tables, {
        request: async (work) => {
          if (requests === moment) {
            await suspend(calm, anAdmin(), { member: VENDOR, suspended: true });
          }
          requests += 1;
          return work();
        },
      });
      // What this environment remembers is older than the suspension.
      const ports = { ...portsOver(meddling, world), refuseSuspended: async () => {} };
      const opened = await connect(ports, ana, { connectionId: 'a' }).then(
        () => true,
        () => false,
      );
      expect(tables.rows.size).toBe(0);
      // Whoever got in nevertheless has been closed from outside.
      expect(opened ? world.closed : ['a']).toContain('a');
      expect(requests).toBeGreaterThan(moment);
    },
  );
});

describe('an environment', () => {
  it('asks once in ten seconds, and then sees what was decided', async () => {
    let nowMs = START_MS;
    let asked = 0;
    let found: Suspension | null = null;
    const refuse = rememberSuspensions(
      async () => {
        asked += 1;
        return Promise.resolve(found);
      },
      () => nowMs,
    );
    await Promise.all([refuse(customer), refuse(customer)]);
    expect(asked).toBe(1);
    found = {
      member: CUSTOMER,
      user: null,
      suspended: true,
      reason: null,
      by: 'root',
      at: new Date(nowMs).toISOString(),
    };
    await refuse(customer);
    nowMs += SUSPENSION_MEMORY_MS;
    await expect(refuse(customer)).rejects.toMatchObject({ code: 'blocked' });
    expect(asked).toBe(2);
  });

  it('lets nobody pass where it cannot ask, and does not remember that', async () => {
    let isDown = true;
    const refuse = rememberSuspensions(
      async () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(null)),
      () => START_MS,
    );
    await expect(refuse(customer)).rejects.toThrow('down');
    isDown = false;
    await refuse(customer);
  });
});
