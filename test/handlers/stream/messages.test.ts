/** The log's stream: it mends what a dead handler left, tells who is not there, and what fails is repeated. */
import { randomUUID } from 'node:crypto';

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { aContext, type Image, logRecord, streamRecord } from '../../support/events.ts';
import { parsedDetail } from '../../support/telling.ts';

let chat: Deployment;
let database: DynamoDBClient;
let roomId: string;
beforeAll(async () => {
  chat = await deploy();
  database = new DynamoDBClient({});
});
afterAll(async () => {
  database.destroy();
  await chat.stop();
});

let customers = 0;
beforeEach(async () => {
  customers += 1;
  const token = chat.token({ ...NINO, sub: `nino-${customers}` });
  const room = await chat.call('openRoom', { token, body: { vendorId: '7' } });
  roomId = room.body.roomId;
  chat.aws.queued.length = 0;
  chat.aws.published.length = 0;
  chat.aws.refused.clear();
});

const customer = () => chat.token({ ...NINO, sub: `nino-${customers}` });
const settle = async (...Records: DynamoDBRecord[]) =>
  chat.handlers.log.handler({ Records }, aContext());
const types = () => chat.aws.published.map(({ type }) => type);
const NONE = { batchItemFailures: [] };

/** What is left of a handler that died right after its commit. */
async function commitOnly(seq: number): Promise<Image> {
  const Item: Image = {
    roomId: { S: roomId },
    seq: { N: String(seq) },
    id: { S: randomUUID() },
    type: { S: 'text' },
    sender: { S: `customer:nino-${customers}` },
    senderName: { S: 'Nino' },
    text: { S: 'left behind' },
    at: { S: new Date().toISOString() },
  };
  await database.send(new PutItemCommand({ TableName: 'Messages', Item: Item as never }));
  return Item;
}

/** A message through its handler, as its row. */
async function say(text: string, token = customer()): Promise<Image> {
  const body = { id: randomUUID(), type: 'text', text };
  const { body: sent } = await chat.call('sendMessage', { token, params: { roomId }, body });
  return rowOf(sent.seq);
}

async function rowOf(seq: number): Promise<Image> {
  const Key = { roomId: { S: roomId }, seq: { N: String(seq) } };
  const { Item } = await database.send(new GetItemCommand({ TableName: 'Messages', Key }));
  return Item as Image;
}

describe('stream/messages', () => {
  it('pushes and summarises a message whose handler died', async () => {
    const inbox = await chat.open(chat.token(ANA), 'desk');
    const row = await commitOnly(1);
    expect(await settle(logRecord({ after: row }, '100'))).toEqual(NONE);
    expect(inbox.received().map((frame) => frame.event)).toContain('message');
    const { body } = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(body).toMatchObject({ seq: 1, lastMessage: { preview: 'left behind' } });
    await inbox.close();
  });

  it('pushes nothing where the handler has done it', async () => {
    const row = await say('Is it dishwasher safe?');
    const before = chat.managed.length;
    expect(await settle(logRecord({ after: row }, '100'))).toEqual(NONE);
    expect(chat.managed).toHaveLength(before);
  });

  it('lets a record that cannot be read fail alone', async () => {
    const row = await commitOnly(1);
    const poison = streamRecord('INSERT', { roomId: { S: roomId }, seq: { N: 'x' } }, '101');
    const bare = streamRecord('INSERT', {}, '102');
    const answer = await settle(poison, logRecord({ after: row }, '103'), bare);
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: '101' }, { itemIdentifier: '102' }],
    });
    const { body } = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(body.seq).toBe(1);
  });

  it('passes over rows that went, and rooms that are not there', async () => {
    const removed = streamRecord('REMOVE', { roomId: { S: roomId }, seq: { N: '9' } }, '104');
    const row = { ...(await commitOnly(1)), roomId: { S: 'd-none' } };
    expect(await settle(removed, logRecord({ after: row }, '105'))).toEqual(NONE);
    expect(types()).toEqual([]);
  });
});

describe('a message to a vendor who is away', () => {
  it('queues its reminders once, and is on the bus by the contract', async () => {
    const [one, two] = [await say('Is it dishwasher safe?'), await say('Hello?')];
    await settle(logRecord({ after: one }, '1'), logRecord({ after: two }, '2'));
    expect(chat.aws.queued.map(({ reminder }) => [reminder.kind, reminder.seq])).toEqual([
      ['unread', 1],
      ['waiting', 1],
    ]);
    expect(types()).toEqual(['room.created', 'message.created', 'message.created']);
    for (const event of chat.aws.published) expect(parsedDetail(event)).toEqual(event.detail);
  });

  it('says the same when the stream repeats it', async () => {
    const row = await say('Is it dishwasher safe?');
    await settle(logRecord({ after: row }, '1'));
    const first = [...chat.aws.published];
    await settle(logRecord({ after: row }, '1'));
    expect(chat.aws.published.slice(first.length)).toEqual(first);
  });
});

describe('a changed message', () => {
  it('reaches who was not told of it, and the bus with a key of its version', async () => {
    const before = await say('Is it dishwascher safe?');
    await chat.call('editMessage', {
      token: customer(),
      params: { roomId, seq: '1' },
      body: { text: 'Is it dishwasher safe?' },
    });
    const inbox = await chat.open(chat.token(ANA), 'desk');
    const record = logRecord({ before, after: await rowOf(1) }, '9');
    expect(await settle(record)).toEqual(NONE);
    expect(inbox.received().map((frame) => frame.event)).toEqual(['message.updated']);
    expect(chat.aws.queued).toEqual([]);
    expect(chat.aws.published).toMatchObject([
      {
        type: 'message.updated',
        detail: {
          key: `message.updated#${roomId}#1#1`,
          changes: 1,
          message: { text: 'Is it dishwasher safe?', sender: { agent: null } },
        },
      },
    ]);
    await inbox.close();
  });
});

describe('a change whose handler died before it was counted', () => {
  it('is counted, and told with the number it counts in', async () => {
    const before = await say('Is it dishwascher safe?');
    await settle(logRecord({ after: before }, '1'));
    chat.aws.published.length = 0;
    const after: Image = {
      ...before,
      text: { S: 'Is it dishwasher safe?' },
      editedAt: { S: new Date().toISOString() },
      version: { N: '1' },
    };
    await database.send(new PutItemCommand({ TableName: 'Messages', Item: after as never }));
    expect(await settle(logRecord({ before, after }, '2'))).toEqual(NONE);
    const { body } = await chat.call('getRoom', { token: customer(), params: { roomId } });
    expect(body).toMatchObject({ changes: 1, lastMessage: { preview: 'Is it dishwasher safe?' } });
    expect(chat.aws.published).toMatchObject([{ type: 'message.updated', detail: { changes: 1 } }]);
  });
});

describe('a step that fails', () => {
  it.each([
    ['SendMessage', 'PutEvents'],
    ['PutEvents', 'SendMessage'],
  ] as const)('%s lets the others be done, and the record come again', async (failing, other) => {
    const row = await commitOnly(1);
    chat.aws.refused.add(failing);
    const record = logRecord({ after: row }, '1');
    expect(await settle(record)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    const done = { SendMessage: chat.aws.queued.length > 0, PutEvents: types().length > 0 };
    expect([done[failing], done[other]]).toEqual([false, true]);
    const { body } = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(body.seq).toBe(1);

    chat.aws.refused.clear();
    expect(await settle(record)).toEqual(NONE);
    expect(new Set(chat.aws.published.map(({ detail }) => detail.key)).size).toBe(2);
    expect(chat.aws.queued.length).toBeGreaterThanOrEqual(1);
  });

  it('of one room leaves the others alone', async () => {
    const row = await say('Is it dishwasher safe?');
    const stranger = { ...row, roomId: { S: '' } };
    const answer = await settle(
      logRecord({ after: stranger }, '1'),
      logRecord({ after: row }, '2'),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(types()).toContain('message.created');
  });
});
