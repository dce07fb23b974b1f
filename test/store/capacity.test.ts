/** What a burst costs, from what the database itself reports. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { settleChange } from '#core/changes/settle-change.ts';
import { openRoom } from '#core/open-room.ts';
import { send } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';
import { type Capacity, openDatabase } from '#store/table.ts';

import {
  aConnection,
  aCustomer,
  aProduct,
  aText,
  aVendor,
  CUSTOMER,
  rulesWith,
  VENDOR,
} from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { type Engine, startEngine } from '../support/dynamodb.ts';
import { storeOver } from '../support/dynamodb-store.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('a burst between two online people', () => {
  it('costs at most 2.1 write and 2.6 read units per message, the stream included', async () => {
    const used: Capacity[] = [];
    const db = openDatabase({ ...engine, onCapacity: (one) => used.push(one) });
    const world = new World();
    const ports = portsOver(storeOver(db), world, rulesWith({ messagesPer10Seconds: 100_000 }));
    const callers = [aCustomer(), aVendor()];
    const { room } = await openRoom(ports, aCustomer(), {
      vendorId: VENDOR.slice(7),
      product: aProduct(),
    });
    await ports.connections.put(aConnection({ member: CUSTOMER }));
    await ports.connections.put(aConnection({ member: VENDOR }));
    await send(ports, aCustomer(), {
      roomId: room.roomId,
      after: 0,
      message: aText({ product: aProduct() }),
    });
    used.length = 0;
    const messages = 100;
    for (let seq = 2; seq <= messages + 1; seq += 1) {
      world.nowMs += 500;
      const caller = callers[Math.floor(seq / 3) % 2] ?? aCustomer();
      const sent = await send(ports, caller, {
        roomId: room.roomId,
        after: seq - 1,
        message: aText(),
      });
      expect(sent.message.seq).toBe(seq);
      await settleRoom(ports, { roomId: room.roomId, newestSeq: seq });
    }
    const sum = (kind: string) =>
      used.filter((one) => one.kind === kind).reduce((total, one) => total + one.units, 0) /
      messages;
    expect(sum('write')).toBeLessThanOrEqual(2.1);
    expect(sum('read')).toBeLessThanOrEqual(2.6);
    expect(world.reported).toEqual([]);
    db.close();
  }, 60_000);
});

describe('a change of the last message between two online people', () => {
  it.each([
    ['an edit', (n: number) => ({ text: `text ${n}` })],
    ['a reaction', (n: number) => ({ emoji: '👍', on: n % 2 === 0 })],
  ])(
    '%s costs 2 write and 5.5 read units, the stream included',
    async (_name, changeOf) => {
      const used: Capacity[] = [];
      const db = openDatabase({ ...engine, onCapacity: (one) => used.push(one) });
      const world = new World();
      const ports = portsOver(storeOver(db), world);
      const customer = aCustomer({ user: _name });
      const { room } = await openRoom(ports, customer, { vendorId: VENDOR.slice(7) });
      const { roomId } = room;
      await ports.connections.put(aConnection({ member: VENDOR }));
      await send(ports, customer, { roomId, after: 0, message: aText() });
      used.length = 0;
      const changes = 10;
      for (let n = 0; n < changes; n += 1) {
        world.nowMs += 1_000;
        const change = changeOf(n);
        const key = { roomId, seq: 1 };
        if ('text' in change) await editMessage(ports, customer, { ...key, ...change });
        else await react(ports, customer, { ...key, ...change });
        await settleChange(ports, key);
      }
      const sum = (kind: string) =>
        used.filter((one) => one.kind === kind).reduce((total, one) => total + one.units, 0) /
        changes;
      expect(sum('write')).toBe(2);
      expect(sum('read')).toBe(5.5);
      expect(world.reported).toEqual([]);
      db.close();
    },
    60_000,
  );
});
