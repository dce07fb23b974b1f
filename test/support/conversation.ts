/** A room with some messages, its two sides connected: what tests of changed messages begin with. */
import { lastMessageOf, type StoredMessage } from '#core/message.ts';
import type { Rules } from '#core/product.ts';
import type { StoredHead } from '#core/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { aConnection, aHead, CUSTOMER, rulesWith, VENDOR } from './builders.ts';
import { portsOver, World } from './builders-ports.ts';
import { fakeStore, FakeTables } from './fake-store.ts';

/** Devices: the customer's `c-phone` and `c-laptop`, the vendor's `v-desk`. */
export function aConversation(
  messages: readonly StoredMessage[],
  { rules = rulesWith(), head = {} }: { rules?: Rules; head?: Partial<StoredHead> } = {},
) {
  const { roomId } = aHead();
  const tables = new FakeTables();
  for (const message of messages) tables.putMessage(message);
  const last = messages.at(-1);
  const summary = last && { seq: last.seq, lastMessage: lastMessageOf(aHead(), last) };
  tables.putHead(aHead({ ...summary, ...head }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c-phone', device: 'phone' }));
  tables.putRow(aConnection({ member: CUSTOMER, connectionId: 'c-laptop', device: 'laptop' }));
  tables.putRow(aConnection({ member: VENDOR, connectionId: 'v-desk', device: 'desk' }));
  const world = new World();
  const removed: { roomId: string; keys: readonly string[] }[] = [];
  const ports = {
    ...portsOver(fakeStore(tables), world, rules),
    removeObjects: async (from: string, keys: readonly string[]) =>
      void removed.push({ roomId: from, keys }),
  };
  return {
    roomId,
    tables,
    world,
    ports,
    removed,
    head: () => tables.headOf(roomId),
    row: (seq: number) => tables.logs.get(roomId)?.get(seq),
    updatesTo: (connectionId: string) =>
      world
        .framesTo(connectionId)
        .filter(
          (frame): frame is ServerFrame<'message.updated'> => frame.event === 'message.updated',
        ),
  };
}
