/** A shop in its rooms: its name in everything a customer reads, its away message, and how fast it answers. */
import { randomUUID } from 'node:crypto';

import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, type AnyJson, deploy, type Deployment, NINO } from '../support/deployment.ts';
import { aContext, streamRecord } from '../support/events.ts';
import { everyDay, someHours, someSettings } from '../support/shop.ts';

let chat: Deployment;
let database: DynamoDBClient;
beforeAll(async () => {
  chat = await deploy();
  database = new DynamoDBClient({});
});
afterAll(async () => {
  database.destroy();
  await chat.stop();
});

interface Person {
  readonly token: string;
  readonly call: (name: Parameters<Deployment['call']>[0], call?: object) => Promise<AnyJson>;
}

function person(claims: typeof ANA): Person {
  const token = chat.token(claims);
  return {
    token,
    call: async (name, call = {}) => (await chat.call(name, { ...call, token })).body,
  };
}
const staffOf = (vendor_id: string) => person({ ...ANA, vendor_id });
const customer = (sub: string) => person({ ...NINO, sub });

const write = (by: Person, roomId: string, text: string) =>
  by.call('sendMessage', { params: { roomId }, body: { id: randomUUID(), type: 'text', text } });

/** What the table's stream brings of some messages. */
async function stream(roomId: string, ...seqs: number[]): Promise<void> {
  const Records = await Promise.all(
    seqs.map(async (seq) => {
      const keys = { roomId: { S: roomId }, seq: { N: String(seq) } };
      const { Item } = await database.send(
        new GetItemCommand({ TableName: 'Messages', Key: keys, ConsistentRead: true }),
      );
      const record = streamRecord('INSERT', keys, String(seq));
      return { ...record, dynamodb: { ...record.dynamodb, NewImage: Item ?? {} } };
    }),
  );
  const answer = await chat.handlers.log.handler({ Records } as AnyJson, aContext());
  expect(answer).toEqual({ batchItemFailures: [] });
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const clock = (at: Date) => at.toISOString().slice(11, 16);

describe('a shop that gave itself a name', () => {
  it('is called so in rooms, messages, typing and participants, not as its tokens say', async () => {
    const ana = staffOf('named');
    const nino = customer('named');
    const picture = 'https://cdn.example/logo.png';
    await ana.call('putSettings', { body: someSettings({ name: 'Ceramics & Co', picture }) });
    const phone = await chat.open(nino.token, 'phone');
    const desk = await chat.open(ana.token, 'desk');
    const room = await nino.call('openRoom', { body: { vendorId: 'named' } });
    const { roomId } = room;
    expect(room.members[1]).toEqual({ member: 'vendor:named', name: 'Ceramics & Co', picture });
    await write(nino, roomId, 'Is it dishwasher safe?');
    await desk.send({ action: 'typing', roomId, typing: true });
    await write(ana, roomId, 'Yes');
    const id = randomUUID();
    await desk.send({ action: 'send', ref: '1', roomId, message: { id, type: 'text', text: '!' } });
    const frames = phone.received();
    expect(frames.find(({ event }) => event === 'typing').name).toBe('Ceramics & Co');
    const said = frames.filter(({ message }) => message?.sender?.member === 'vendor:named');
    expect(said.map(({ message }) => message.sender)).toEqual([
      { member: 'vendor:named', name: 'Ceramics & Co', agent: null },
      { member: 'vendor:named', name: 'Ceramics & Co', agent: null },
    ]);
    const { items } = await nino.call('listParticipants', { params: { roomId } });
    expect(items[1].name).toBe('Ceramics & Co');
    const seen = await ana.call('getRoom', { params: { roomId } });
    expect(seen.members[1].name).toBe('Ceramics & Co');
  });
});

describe('a closed shop', () => {
  it('answers once, and a customer reads when it opens', async () => {
    const ana = staffOf('closed');
    const nino = customer('closed');
    // Open for one minute, two hours from now: closed, whatever the time is.
    const [from, to] = [clock(minutesAgo(-120)), clock(minutesAgo(-121))];
    const day = from < to ? [{ from, to }] : [];
    await ana.call('putSettings', {
      body: someSettings({
        awayMessage: 'Back soon.',
        hours: { ...someHours(everyDay(day)), timeZone: 'UTC' },
      }),
    });
    const { roomId } = await nino.call('openRoom', { body: { vendorId: 'closed' } });
    await write(nino, roomId, 'Hello?');
    await Promise.all([stream(roomId, 1), stream(roomId, 1)]);
    await stream(roomId, 2);
    await write(nino, roomId, 'Anybody?');
    await stream(roomId, 3);
    const { items } = await nino.call('listMessages', { params: { roomId } });
    expect(items.map(({ type }: AnyJson) => type)).toEqual(['text', 'system', 'text']);
    expect(items[1]).toMatchObject({
      sender: null,
      system: { event: 'away', params: { text: 'Back soon.' } },
    });
    const page = (await chat.call('getVendor', { params: { vendorId: 'closed' } })).body;
    expect(page.openNow).toBe(false);
    expect(items[1].system.params.opensAt).toBe(page.opensAt);
  });
});

describe('a shop that answers', () => {
  it('shows how fast after five first answers, each counted once', async () => {
    const ana = staffOf('fast');
    const seconds = async () =>
      (await chat.call('getVendor', { params: { vendorId: 'fast' } })).body.replySeconds;
    for (let n = 0; n < 5; n += 1) {
      const nino = customer(`fast-${n}`);
      const { roomId } = await nino.call('openRoom', { body: { vendorId: 'fast' } });
      await write(nino, roomId, 'Is it dishwasher safe?');
      await stream(roomId, 1);
      await write(ana, roomId, 'Yes');
      await stream(roomId, 2);
      await stream(roomId, 1, 2);
      expect(await seconds()).toBe(n < 4 ? null : 0);
    }
  });
});
