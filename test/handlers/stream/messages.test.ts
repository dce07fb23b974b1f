/** The log's stream: it mends what a dead handler left, and a record that cannot be read fails alone. */
import { randomUUID } from 'node:crypto';

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { aContext, streamRecord } from '../../support/events.ts';

let chat: Deployment;
let roomId: string;
beforeAll(async () => {
  chat = await deploy();
  const room = await chat.call('openRoom', { token: chat.token(NINO), body: { vendorId: '7' } });
  roomId = room.body.roomId;
});
afterAll(() => chat.stop());

const inserted = (seq: number, sequence: string) =>
  streamRecord('INSERT', { roomId: { S: roomId }, seq: { N: String(seq) } }, sequence);
const settle = async (...Records: ReturnType<typeof streamRecord>[]) =>
  chat.handlers.log.handler({ Records }, aContext());

/** What is left of a handler that died right after its commit. */
async function commitOnly(seq: number): Promise<void> {
  const client = new DynamoDBClient({});
  await client.send(
    new PutItemCommand({
      TableName: 'Messages',
      Item: {
        roomId: { S: roomId },
        seq: { N: String(seq) },
        id: { S: randomUUID() },
        type: { S: 'text' },
        sender: { S: 'customer:42' },
        senderName: { S: 'Nino' },
        text: { S: 'left behind' },
        at: { S: new Date().toISOString() },
      },
    }),
  );
  client.destroy();
}

describe('stream/messages', () => {
  it('pushes and summarises a message whose handler died', async () => {
    const inbox = await chat.open(chat.token(ANA), 'desk');
    await commitOnly(1);
    expect(await settle(inserted(1, '100'))).toEqual({ batchItemFailures: [] });
    expect(inbox.received().map((frame) => frame.event)).toContain('message');
    const { body } = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(body).toMatchObject({ seq: 1, lastMessage: { preview: 'left behind' } });
  });

  it('does nothing where the handler has done it', async () => {
    const before = chat.managed.length;
    expect(await settle(inserted(1, '100'))).toEqual({ batchItemFailures: [] });
    expect(chat.managed).toHaveLength(before);
  });

  it('lets a record that cannot be read fail alone', async () => {
    await commitOnly(2);
    const poison = streamRecord('INSERT', { roomId: { S: roomId }, seq: { N: 'x' } }, '101');
    const bare = streamRecord('INSERT', {}, '102');
    const answer = await settle(poison, inserted(2, '103'), bare);
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: '101' }, { itemIdentifier: '102' }],
    });
    const { body } = await chat.call('getRoom', { token: chat.token(ANA), params: { roomId } });
    expect(body.seq).toBe(2);
  });

  it('passes over what is no new message', async () => {
    const changed = streamRecord('MODIFY', { roomId: { S: roomId }, seq: { N: '9' } }, '104');
    expect(await settle(changed)).toEqual({ batchItemFailures: [] });
  });
});
