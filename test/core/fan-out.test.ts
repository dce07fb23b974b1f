/** Pushes, each isolated from the others. */
import { describe, expect, it } from 'vitest';

import { fanOut, inParallel, lookUpBeside, type PushOutcome } from '#core/fan-out.ts';

import { aConnection, CUSTOMER, START_MS, VENDOR } from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const frames = [{ event: 'ok' as const }];

function aCrowd(outcomes: Record<string, PushOutcome[]>, since?: string) {
  const tables = new FakeTables();
  const world = new World();
  for (const connectionId of Object.keys(outcomes)) {
    tables.putRow(
      aConnection({ member: VENDOR, connectionId, device: connectionId, ...(since && { since }) }),
    );
  }
  world.outcome = (id) => outcomes[id]?.shift() ?? 'sent';
  const ports = portsOver(fakeStore(tables), world);
  return {
    tables,
    world,
    ports,
    ids: () => [...tables.rows.values()].map((row) => row.connectionId),
  };
}

describe('fanOut', () => {
  it('tries a busy connection once more, then closes it', async () => {
    const { ports, world } = aCrowd({ a: ['busy', 'sent'], b: ['busy', 'busy'] });
    await fanOut(ports, [{ member: VENDOR, frames }]);
    expect(world.pushes.map(({ connectionId }) => connectionId)).toEqual(['a']);
    expect(world.closed).toEqual(['b']);
    expect(world.waits).toEqual([100, 100]);
  });

  it('removes a gone connection, but not one whose opening may not have returned', async () => {
    const old = aCrowd({ a: ['gone'], b: [] });
    expect(await fanOut(old.ports, [{ member: VENDOR, frames }])).toEqual(new Set([VENDOR]));
    expect(old.ids()).toEqual(['b']);
    const young = aCrowd({ a: ['gone'] }, new Date(START_MS - 5_000).toISOString());
    expect(await fanOut(young.ports, [{ member: VENDOR, frames }])).toEqual(new Set());
    expect(young.ids()).toEqual(['a']);
  });

  it('skips the causing device and expired rows', async () => {
    const { ports, tables, world } = aCrowd({ a: [], b: [], c: [] });
    tables.putRow(aConnection({ member: VENDOR, connectionId: 'c', expiresAt: START_MS / 1000 }));
    await fanOut(ports, [{ member: VENDOR, frames, skip: { device: 'a' } }]);
    expect(world.pushes.map(({ connectionId }) => connectionId)).toEqual(['b']);
  });

  it('leaves out whoever would have to wait for a gateway that hangs', async () => {
    const crowd = Array.from({ length: 100 }, (_, n) => [`c${n}`, []]);
    const { ports, world } = aCrowd(Object.fromEntries(crowd));
    let asked = 0;
    const push = async (): Promise<PushOutcome> => {
      asked += 1;
      // All that is in flight at once takes its six seconds together.
      if (asked % 32 === 0) world.nowMs += 6_000;
      return 'busy';
    };
    const hanging = { ...ports, push, wait: async () => {} };
    expect(await fanOut(hanging, [{ member: VENDOR, frames }])).toEqual(new Set());
    expect(world.nowMs - START_MS).toBeLessThanOrEqual(12_000);
    expect(world.reported).toHaveLength(1);
  });

  it('reaches the others when one push throws or one list fails', async () => {
    const { ports, world } = aCrowd({ a: [], b: [] });
    const failing = {
      ...ports,
      push: (id: string) =>
        id === 'a' ? Promise.reject(new Error('a')) : ports.push(id, { event: 'ok' }),
      connections: {
        ...ports.connections,
        list: (member: typeof CUSTOMER) =>
          member === CUSTOMER
            ? Promise.reject(new Error('list'))
            : ports.connections.list(member, { consistent: false }),
      },
    };
    const reached = await fanOut(failing, [
      { member: CUSTOMER, frames },
      { member: VENDOR, frames },
    ]);
    expect(reached).toEqual(new Set([VENDOR]));
    expect(world.pushes.map(({ connectionId }) => connectionId)).toEqual(['b']);
    expect(world.reported).toHaveLength(2);
  });
});

it('works on everything, never on more than the limit at once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(3);
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

describe('a look-up beside some work', () => {
  const members = [CUSTOMER, VENDOR];

  it('runs while the work does, and spares the fan-out its own', async () => {
    const { ports, world } = aCrowd({ a: [] });
    const asked: string[] = [];
    const list: typeof ports.connections.list = (member, options) => {
      asked.push(member);
      return ports.connections.list(member, options);
    };
    const counting = { ...ports, connections: { ...ports.connections, list } };
    const work = Promise.resolve().then(() => asked.length);
    const { result, rows } = await lookUpBeside(counting, members, work);
    expect(result).toBe(2);
    await fanOut(counting, [{ member: VENDOR, frames, rows: rows.get(VENDOR) }]);
    expect(asked).toEqual(members);
    expect(world.pushes).toHaveLength(1);
  });

  it.each([
    [50, true],
    [51, false],
  ])('that took %i ms is trusted: %s', async (ms, isTrusted) => {
    const { ports, world, tables } = aCrowd({ a: [] });
    const work = Promise.resolve().then(() => void (world.nowMs += ms));
    const looking = lookUpBeside(ports, members, work);
    // Who comes now has read the log before the message is there: nothing else would tell it.
    tables.putRow(aConnection({ member: VENDOR, connectionId: 'late' }));
    const { rows } = await looking;
    expect(rows.get(VENDOR)?.length).toBe(isTrusted ? 1 : 2);
  });

  it('says of whom it does not know where it fails, and leaves the work its own failure', async () => {
    const { ports, world } = aCrowd({ a: [] });
    const connections = { ...ports.connections, list: () => Promise.reject(new Error('list')) };
    const failing = { ...ports, connections };
    const { result, rows } = await lookUpBeside(failing, [VENDOR], Promise.resolve('done'));
    expect([result, rows.has(VENDOR)]).toEqual(['done', false]);
    await fanOut(ports, [{ member: VENDOR, frames, rows: rows.get(VENDOR) }]);
    expect(world.pushes).toHaveLength(1);
    expect(world.reported).toHaveLength(1);
    const refused = lookUpBeside(ports, members, Promise.reject(new Error('refused')));
    await expect(refused).rejects.toThrow('refused');
  });
});
