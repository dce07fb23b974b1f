/** Coming, going, typing, and who is there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { listParticipants, setTyping, settlePresence } from '#core/presence.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aVendor,
  CUSTOMER,
  START_MS,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const { roomId } = aHead();
const row = aConnection({ member: VENDOR, connectionId: 'v' });
const until = new Date(row.expiresAt * 1000).toISOString();

function aRoom() {
  const tables = new FakeTables();
  tables.putHead(aHead({ seq: 1 }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c' }));
  tables.putRow(row);
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world) };
}

describe('settlePresence', () => {
  it('tells peers once that a member came', async () => {
    const { ports, world } = aRoom();
    expect(await settlePresence(ports, { member: VENDOR })).toBe('changed');
    expect(await settlePresence(ports, { member: VENDOR })).toBe('unchanged');
    expect(world.framesTo('c')).toEqual([
      { event: 'presence', member: VENDOR, online: true, onlineUntil: until, lastSeenAt: null },
    ]);
    expect(world.framesTo('v')).toEqual([]);
  });

  it('says offline after ten seconds of grace', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.nowMs += 4_000;
    expect(await settlePresence(ports, { member: VENDOR, removedAtMs: START_MS })).toBe('changed');
    expect(world.waits).toEqual([6_000]);
    const lastSeenAt = new Date(START_MS).toISOString();
    expect(world.framesTo('c')[1]).toEqual({
      event: 'presence',
      member: VENDOR,
      online: false,
      onlineUntil: null,
      lastSeenAt,
    });
  });

  it('says nothing when a page was only reloaded', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.onWait = () => tables.putRow({ ...row, connectionId: 'v2' });
    const settled = await settlePresence(ports, { member: VENDOR, removedAtMs: START_MS });
    expect(settled).toBe('unchanged');
    expect(world.framesTo('c')).toHaveLength(1);
  });

  it('leaves a member that came and went to its going, and makes nobody wait', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    expect(await settlePresence(ports, { member: VENDOR })).toBe('unchanged');
    expect(world.waits).toEqual([]);
    expect(world.framesTo('c')).toHaveLength(1);
  });

  it('tells once of a going whose coming was too short to be told: somebody may have asked meanwhile', async () => {
    const { tables, ports, world } = aRoom();
    tables.rows.delete(`${VENDOR} v`);
    expect(await settlePresence(ports, { member: VENDOR })).toBe('unchanged');
    const went = { member: VENDOR, removedAtMs: START_MS };
    expect(await settlePresence(ports, went)).toBe('changed');
    expect(await settlePresence(ports, went)).toBe('unchanged');
    const again = { member: VENDOR, removedAtMs: START_MS + 60_000 };
    expect(await settlePresence(ports, again)).toBe('changed');
    expect(world.framesTo('c')).toMatchObject([
      { online: false, lastSeenAt: new Date(START_MS).toISOString() },
      { online: false, lastSeenAt: new Date(START_MS + 60_000).toISOString() },
    ]);
  });

  it('looks again where the coming was told while it looked', async () => {
    const { tables, ports, world } = aRoom();
    const { getPresence } = ports.profiles;
    const getLate: typeof getPresence = async (member) => {
      const told = await getPresence(member);
      ports.profiles.getPresence = getPresence;
      await settlePresence(ports, { member: VENDOR });
      tables.rows.delete(`${VENDOR} v`);
      return told;
    };
    ports.profiles.getPresence = getLate;
    const went = { member: VENDOR, removedAtMs: START_MS };
    expect(await settlePresence(ports, went)).toBe('changed');
    expect(world.framesTo('c')).toMatchObject([{ online: true }, { online: false }]);
  });

  it('tells anew where what it said has ended by itself', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    world.nowMs += 16 * 60_000;
    tables.putRow(
      aConnection({ member: CUSTOMER, connectionId: 'c', expiresAt: world.nowMs / 1000 + 900 }),
    );
    tables.putRow({ ...row, expiresAt: world.nowMs / 1000 + 900 });
    expect(await settlePresence(ports, { member: VENDOR })).toBe('changed');
    expect(world.framesTo('c')).toHaveLength(2);
  });
});

describe('listParticipants', () => {
  it('names both sides with what their connections say', async () => {
    const { tables, ports } = aRoom();
    tables.rows.delete(`${CUSTOMER} c`);
    tables.abouts.set(roomId, { roomId, names: { vendor: 'Ceramics' }, pictures: {} });
    expect(await listParticipants(ports, aCustomer(), { roomId })).toEqual([
      {
        member: CUSTOMER,
        name: CUSTOMER.slice('customer:'.length),
        online: false,
        onlineUntil: null,
        lastSeenAt: null,
        readSeq: 0,
      },
      {
        member: VENDOR,
        name: 'Ceramics',
        online: true,
        onlineUntil: until,
        lastSeenAt: null,
        readSeq: 0,
      },
    ]);
  });

  it('does not say that a member is away before anybody is told: it may be back, and nobody told of that', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.nowMs += 3_000;
    const leaving = await listParticipants(ports, aCustomer(), { roomId });
    const onlineUntil = new Date(world.nowMs + 20_000).toISOString();
    expect(leaving[1]).toMatchObject({ online: true, onlineUntil });
    await settlePresence(ports, { member: VENDOR, removedAtMs: START_MS });
    const gone = await listParticipants(ports, aCustomer(), { roomId });
    const lastSeenAt = new Date(START_MS).toISOString();
    expect(gone[1]).toMatchObject({ online: false, onlineUntil: null, lastSeenAt });
  });

  it('does not wait for ever for a going that nobody tells', async () => {
    const { tables, ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    tables.rows.delete(`${VENDOR} v`);
    world.nowMs += 16 * 60_000;
    const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
    expect(vendor).toMatchObject({ online: false, onlineUntil: null, lastSeenAt: until });
  });

  it('takes an expired row for offline, though nobody has swept it', async () => {
    const { ports, world } = aRoom();
    await settlePresence(ports, { member: VENDOR });
    world.nowMs += 16 * 60_000;
    const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
    expect(vendor).toMatchObject({ online: false, onlineUntil: null, lastSeenAt: until });
  });
});

describe('presence and participants', () => {
  it('say the same, whoever came, went, expired or was extended', async () => {
    const step = fc.record({
      does: fc.constantFrom('come', 'go', 'extend', 'wait', 'sweep'),
      device: fc.nat(19),
      ms: fc.nat(20 * 60_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const tables = new FakeTables();
        tables.putHead(aHead({ seq: 1 }));
        const peer = aConnection({ connectionId: 'c', expiresAt: START_MS / 1000 + 1e7 });
        tables.putRow(peer);
        const world = new World();
        const ports = portsOver(fakeStore(tables), world);
        for (const { does, device, ms } of steps) {
          await play(tables, ports, { does, device });
          if (does === 'wait') world.nowMs += ms;
        }
        // What nobody told by a `$disconnect` the sweep finds, days later at worst.
        await play(tables, ports, { does: 'sweep', device: 0 });
        const told = world.framesTo('c').at(-1);
        const until = told?.event === 'presence' ? (told.onlineUntil ?? '') : '';
        const isShown = until > new Date(world.nowMs).toISOString();
        const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
        // Between two tellings a row may have been extended: then a peer asks, and is told here.
        const isExtended = (vendor?.onlineUntil ?? '') > until && vendor?.online === true;
        expect(vendor?.online).toBe(isShown || isExtended);
        const seen = told?.event === 'presence' ? told.lastSeenAt : null;
        expect(vendor?.lastSeenAt).toBe(vendor?.online === true ? vendor.lastSeenAt : seen);
      }),
      { numRuns: 300 },
    );
  });

  it('tell of twenty devices at once one coming and one going', async () => {
    const { tables, ports, world } = aRoom();
    tables.rows.delete(`${VENDOR} v`);
    const rows = Array.from({ length: 20 }, (_, n) =>
      aConnection({ member: VENDOR, connectionId: `v${n}`, user: `user-${n % 3}` }),
    );
    for (const one of rows) tables.putRow(one);
    await Promise.all(rows.map(() => settlePresence(ports, { member: VENDOR })));
    expect(world.framesTo('c')).toMatchObject([{ online: true, onlineUntil: until }]);
    for (const one of rows.slice(1)) tables.rows.delete(`${VENDOR} ${one.connectionId}`);
    const went = { member: VENDOR, removedAtMs: START_MS };
    await Promise.all(rows.map(() => settlePresence(ports, went)));
    expect(world.framesTo('c')).toHaveLength(1);
    tables.rows.delete(`${VENDOR} v0`);
    await Promise.all(rows.map(() => settlePresence(ports, went)));
    expect(world.framesTo('c').slice(1)).toMatchObject([{ online: false, onlineUntil: null }]);
  });
});

/** What happens to a vendor's device, and what the stream makes of it. */
async function play(
  tables: FakeTables,
  ports: ReturnType<typeof portsOver>,
  { does, device }: { does: string; device: number },
): Promise<void> {
  const connectionId = `v${device}`;
  const seconds = Math.ceil(ports.now() / 1000);
  const known = tables.rows.get(`${VENDOR} ${connectionId}`);
  const isLive = known !== undefined && known.expiresAt > seconds;
  if (does === 'come' && known === undefined) {
    tables.putRow(aConnection({ member: VENDOR, connectionId, expiresAt: seconds + 900 }));
    await settlePresence(ports, { member: VENDOR });
  } else if (does === 'go' && isLive) {
    tables.rows.delete(`${VENDOR} ${connectionId}`);
    await settlePresence(ports, { member: VENDOR, removedAtMs: ports.now() });
  } else if (does === 'extend' && isLive) {
    tables.putRow({ ...known, expiresAt: Math.max(known.expiresAt, seconds + 900) });
  } else if (does === 'sweep') {
    const gone = [...tables.rows.values()].filter(({ expiresAt }) => expiresAt < seconds);
    for (const row of gone) tables.rows.delete(`${row.member} ${row.connectionId}`);
    const times = gone.map(({ expiresAt }) => expiresAt * 1000);
    if (times.length === 0) return;
    await settlePresence(ports, { member: VENDOR, removedAtMs: Math.max(...times) });
  }
}

it('takes the end of a row that outlived what was said of it for when its member was last seen', async () => {
  const { tables, ports, world } = aRoom();
  await settlePresence(ports, { member: VENDOR });
  tables.putRow({ ...row, expiresAt: row.expiresAt + 600 });
  world.nowMs += 60 * 60_000;
  const [, vendor] = await listParticipants(ports, aCustomer(), { roomId });
  const lastSeenAt = new Date((row.expiresAt + 600) * 1000).toISOString();
  expect(vendor).toMatchObject({ online: false, lastSeenAt });
});

describe('setTyping', () => {
  it('tells the other member only, as the shop', async () => {
    const { ports, world } = aRoom();
    await setTyping(ports, aVendor(), { roomId, typing: true });
    expect(world.pushes).toEqual([
      {
        connectionId: 'c',
        frame: { event: 'typing', roomId, member: VENDOR, name: 'თბილისის კერამიკა', typing: true },
      },
    ]);
  });
});
