/** What each thing that people do costs the database, in one table with a budget for each. */
import { Person } from './person.ts';
import type { Scene } from './scene.ts';
import { report, section } from './table.ts';

/** Units of one operation, the streams' share included. */
interface Budget {
  readonly write: number;
  readonly read: number;
}

interface Operation {
  readonly name: string;
  readonly budget: Budget;
  /** What has to be there first; it is not measured. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  /** Does it once; `count` tells the rounds apart. */
  readonly run: (scene: Scene, count: number) => Promise<unknown>;
}

/** So many of each, one after the other: a share of a stream's batch is a share. */
const ROUNDS = 10;

const OPERATIONS: readonly Operation[] = [
  {
    name: 'open a room that is there',
    budget: { write: 0, read: 2.5 },
    run: ({ customer, vendorId }) => customer.call('POST', '/rooms', { vendorId }),
  },
  {
    name: 'open a new room',
    budget: { write: 6, read: 5 },
    run: ({ customer }) =>
      customer.call('POST', '/rooms', { vendorId: `new-${crypto.randomUUID()}` }),
  },
  {
    name: 'a page of 50 messages',
    budget: { write: 1, read: 8 },
    run: ({ shop, roomId }) => shop.call('GET', `/rooms/${roomId}/messages`),
  },
  {
    name: 'read',
    budget: { write: 2, read: 2 },
    // What is read has to be new: the mark of one who is at the end does not move.
    prepare: (scene) => listenTo(scene),
    run: ({ customer, shop, roomId }, count) =>
      shop.call('PUT', `/rooms/${roomId}/read`, { seq: customer.seq - ROUNDS + count + 1 }),
  },
  {
    name: 'edit',
    budget: { write: 4, read: 6 },
    run: ({ customer, roomId }, count) =>
      customer.call('PATCH', `/rooms/${roomId}/messages/1`, { text: `ლურჯი თასი ${count}` }),
  },
  {
    name: 'react',
    budget: { write: 4, read: 6 },
    run: ({ shop, roomId }, count) =>
      shop.call('PUT', `/rooms/${roomId}/messages/1/reactions`, {
        emoji: '👍',
        on: count % 2 === 0,
      }),
  },
  {
    name: 'typing',
    budget: { write: 0, read: 1.3 },
    run: async ({ customer, roomId }) => {
      customer.send({ action: 'typing', roomId, typing: true });
      await customer.pings();
    },
  },
  {
    name: 'connect and disconnect',
    budget: { write: 4, read: 8 },
    run: async (scene) => {
      const { url, socketUrl } = scene.stack;
      const who = { sub: crypto.randomUUID(), role: 'customer', name: 'ნინო' } as const;
      const guest = new Person({ url, socketUrl, token: await scene.stack.token(who) });
      await guest.connect();
      await guest.pings();
      await guest.disconnect();
    },
  },
  { name: 'ping', budget: { write: 0, read: 0.1 }, run: ({ customer }) => customer.pings() },
  {
    name: 'mark unread',
    budget: { write: 5, read: 4 },
    run: ({ shop, roomId }, count) =>
      shop.call('PATCH', `/rooms/${roomId}/mine`, { markedUnread: count % 2 === 0 }),
  },
  {
    name: 'label',
    budget: { write: 3, read: 6 },
    run: ({ shop, roomId }, count) =>
      shop.call('PATCH', `/rooms/${roomId}/mine`, { labels: [`მიწოდება ${count}`] }),
  },
  {
    name: 'close or reopen',
    budget: { write: 8, read: 8 },
    run: ({ shop, roomId }, count) =>
      shop.call('PATCH', `/rooms/${roomId}`, { status: count % 2 === 0 ? 'closed' : 'open' }),
  },
  {
    name: 'note',
    budget: { write: 2, read: 4 },
    run: ({ shop, roomId }, count) =>
      shop.call('POST', `/rooms/${roomId}/notes`, {
        noteId: crypto.randomUUID(),
        text: `დაბრუნების თხოვნა ${count}`,
      }),
  },
  {
    name: 'settings of a shop, as its staff reads them',
    budget: { write: 0, read: 1 },
    run: ({ shop }) => shop.call('GET', '/vendors/me'),
  },
  {
    name: 'a shop, as everybody sees it',
    budget: { write: 0, read: 3 },
    run: ({ customer, vendorId }) => customer.call('GET', `/vendors/${vendorId}`),
  },
];

/** Measures every operation in the scene's room. */
export async function benchOperations(scene: Scene): Promise<void> {
  section(`Units of one operation (${ROUNDS} of each; the streams' share included)`);
  for (const operation of OPERATIONS) await measureOne(scene, operation);
}

async function measureOne(scene: Scene, { name, budget, prepare, run }: Operation): Promise<void> {
  await prepare?.(scene);
  const { meter } = await scene.measure(async () => {
    for (let count = 0; count < ROUNDS; count += 1) await run(scene, count);
  });
  const [write, read] = [meter.writeUnits / ROUNDS, meter.readUnits / ROUNDS];
  report({ name: `${name}, write`, value: write, unit: 'units', budget: budget.write });
  report({ name: `${name}, read`, value: read, unit: 'units', budget: budget.read });
}

/** The customer says as much as the shop is about to read, one message at a time. */
async function listenTo(scene: Scene): Promise<void> {
  for (let count = 0; count < ROUNDS; count += 1) {
    await scene.customer.say({ roomId: scene.roomId, text: `კითხვა ${count}` });
  }
}
