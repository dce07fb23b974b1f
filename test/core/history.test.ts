/** Pages of a room's messages. */
import { describe, expect, it } from 'vitest';

import { listMessages } from '#core/history.ts';

import { aConnection, aCustomer, aHead, aMessage, aVendor, VENDOR } from '../support/builders.ts';
import { portsOver, World } from '../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../support/fake-store.ts';

const { roomId } = aHead();

function aRoom() {
  const tables = new FakeTables();
  for (let seq = 1; seq <= 5; seq += 1)
    tables.putMessage(aMessage({ seq, sender: VENDOR, agent: { user: 'ana', name: 'Ana' } }));
  tables.putHead(aHead({ seq: 5, changes: 2 }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v' }));
  const world = new World();
  return { tables, world, ports: portsOver(fakeStore(tables), world) };
}

describe('listMessages', () => {
  it.each([
    [{ limit: 2 }, [4, 5], true],
    [{ before: 4, limit: 3 }, [1, 2, 3], false],
    [{ before: 4, limit: 2 }, [2, 3], true],
    [{ after: 1, limit: 2 }, [2, 3], true],
    [{ after: 3, limit: 2 }, [4, 5], false],
    [{ after: 5, limit: 2 }, [], false],
  ])('answers %j', async (query, seqs, hasMore) => {
    const { ports } = aRoom();
    const page = await listMessages(ports, aCustomer(), { roomId, ...query });
    expect(page.items.map(({ seq }) => seq)).toEqual(seqs);
    expect(page).toMatchObject({ hasMore, changes: 2 });
  });

  it('counts what it brings as delivered, and tells the sender once', async () => {
    const { ports, world, tables } = aRoom();
    await listMessages(ports, aCustomer(), { roomId, limit: 50 });
    await listMessages(ports, aCustomer(), { roomId, limit: 50 });
    expect(tables.headOf(roomId)).toMatchObject({
      delivered: { customer: 5, vendor: 0 },
      read: { customer: 0 },
    });
    expect(world.framesTo('v')).toMatchObject([{ event: 'read', seq: 0, delivered: 5 }]);
  });

  it('says no `changes` that its messages do not show', async () => {
    const { ports, tables } = aRoom();
    const listPage: typeof ports.messages.listPage = async (range) => {
      tables.putHead(aHead({ seq: 5, changes: 3 }));
      return ports.messages.listPage(range);
    };
    const busy = { ...ports, messages: { ...ports.messages, listPage } };
    const page = await listMessages(busy, aVendor(), { roomId, limit: 50 });
    expect(page.changes).toBe(2);
  });

  it('shows who of the staff wrote to the staff only', async () => {
    const { ports } = aRoom();
    const [theirs] = (await listMessages(ports, aCustomer(), { roomId, limit: 1 })).items;
    const [ours] = (await listMessages(ports, aVendor(), { roomId, limit: 1 })).items;
    expect(theirs?.sender?.agent).toBeNull();
    expect(ours?.sender?.agent).toEqual({ user: 'ana', name: 'Ana' });
  });
});
