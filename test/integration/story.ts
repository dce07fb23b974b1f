/** The main job as a person lives it, told against any stack. */
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'vitest';

import type { LocalStack } from '../support/local-stack.ts';
import {
  aCustomer,
  aVendor,
  connected,
  eventually,
  personAt,
  statusesOf,
  textsOf,
} from './people.ts';

const product = {
  id: 'sku-1',
  title: 'ლურჯი ჯამი',
  url: 'https://shop.example/p/1',
  price: '45.00',
  currency: 'GEL',
};

/** How the story is told. */
export interface Setting {
  readonly sendOver: 'http' | 'socket';
  /** How long the database may not show a socket that just opened: events reach it only after that. */
  readonly lagMs?: number;
}

/** Nino asks, Ana answers, Nino reads it, reloads, writes offline, and everything arrived once. */
export async function tellStory(stack: LocalStack, setting: Setting): Promise<void> {
  const { sendOver, lagMs = 0 } = setting;
  const shop = aVendor();
  const customer = aCustomer();
  const nino = personAt(stack, customer, { sendOver });
  const ana = personAt(stack, shop, { sendOver });
  try {
    await connected(ana.client);
    await ana.client.rooms('all').load();
    expect(ana.client.rooms('all').getState().rooms).toEqual([]);

    await connected(nino.client);
    const room = await nino.client.openRoom({ vendorId: shop.vendor_id, product });
    const { roomId } = room;
    await room.loadLatest();
    room.watch();
    expect(ana.client.rooms('all').getState().rooms).toEqual([]);
    await sleep(lagMs);

    room.send({ text: 'Is it dishwasher safe?', product });
    expect(statusesOf(nino.client, roomId)).toEqual(['sending']);
    await eventually(() => {
      const [listed] = ana.client.rooms('all').getState().rooms;
      expect(listed).toMatchObject({ roomId, unread: 1, product: { id: 'sku-1' } });
      expect(listed?.lastMessage?.preview).toBe('Is it dishwasher safe?');
    });
    await eventually(() => expect(statusesOf(nino.client, roomId)).toEqual(['delivered']));

    const hers = ana.client.room(roomId);
    await hers.loadLatest();
    hers.watch();
    expect(hers.getState().messages[0]?.product).toMatchObject({ id: 'sku-1' });
    hers.markRead();
    await eventually(() => expect(statusesOf(nino.client, roomId)).toEqual(['read']));
    expect(ana.client.rooms('all').getState().rooms[0]?.unread).toBe(0);

    room.setTyping(true);
    await eventually(() => expect(hers.getState().typing).toHaveLength(1));

    hers.send({ text: 'Yes, up to 60 degrees.' });
    await eventually(() => {
      expect(textsOf(nino.client, roomId)).toEqual([
        'Is it dishwasher safe?',
        'Yes, up to 60 degrees.',
      ]);
    });
    room.markRead();
    await eventually(() => expect(statusesOf(ana.client, roomId)).toEqual([null, 'read']));
    await tellTheRest(stack, { nino, ana, customer, roomId, sendOver, lagMs });
  } finally {
    nino.client.close();
    ana.client.close();
  }
}

interface Course extends Required<Setting> {
  readonly nino: ReturnType<typeof personAt>;
  readonly ana: ReturnType<typeof personAt>;
  readonly customer: ReturnType<typeof aCustomer>;
  readonly roomId: string;
}

/** The reload and the offline message. */
async function tellTheRest(stack: LocalStack, course: Course): Promise<void> {
  const { nino, ana, customer, roomId, sendOver, lagMs } = course;
  const before = textsOf(nino.client, roomId);

  nino.setNetwork(false);
  nino.client.room(roomId).send({ text: 'Thanks!' });
  nino.client.room(roomId).send({ text: 'I take two.' });
  await eventually(() => expect(nino.client.getState().connection).toBe('waiting'));
  expect(statusesOf(nino.client, roomId).slice(-2)).toEqual(['sending', 'sending']);
  const hers = ana.client.room(roomId);
  hers.send({ text: 'We close at six.' });
  await eventually(() => expect(hers.getState().messages.at(-1)?.status).toBe('sent'));
  nino.setNetwork(true);

  const whole = [...before, 'We close at six.', 'Thanks!', 'I take two.'];
  await eventually(() => expect(textsOf(nino.client, roomId)).toEqual(whole));
  await eventually(() => expect(textsOf(ana.client, roomId)).toEqual(whole));
  await eventually(() => expect(nino.client.getState().unsent).toBe(0));

  const reloaded = personAt(stack, customer, { sendOver, storage: nino.storage });
  nino.client.close();
  try {
    const again = reloaded.client.room(roomId);
    await again.loadLatest();
    expect(textsOf(reloaded.client, roomId)).toEqual(whole);
    expect(again.getState().messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    await sleep(lagMs);
    await reloaded.client.rooms('all').load();
    const [listed] = reloaded.client.rooms('all').getState().rooms;
    expect(listed).toMatchObject({ roomId, seq: 5 });
    expect(listed?.lastMessage?.preview).toBe('I take two.');
  } finally {
    reloaded.client.close();
  }
}
