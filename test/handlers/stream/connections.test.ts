/** The connections' stream: peers hear of coming and going, and of nothing else. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { aContext, streamRecord } from '../../support/events.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

type Kind = 'INSERT' | 'MODIFY' | 'REMOVE';

const change = async (name: Kind, member: string, secondsAgo = 0, expiresAt?: number) => {
  const record = streamRecord(name, { member: { S: member }, connectionId: { S: 'x=' } }, '1');
  record.dynamodb.ApproximateCreationDateTime -= secondsAgo;
  const image = expiresAt === undefined ? {} : { OldImage: { expiresAt: { N: `${expiresAt}` } } };
  const dynamodb = { ...record.dynamodb, ...image };
  return chat.handlers.presence.handler({ Records: [{ ...record, dynamodb }] }, aContext());
};

describe('stream/connections', () => {
  it('tells the peers that a member came and, after its grace, that it went', async () => {
    const inbox = await chat.open(chat.token(ANA), 'desk');
    const phone = await chat.open(chat.token(NINO), 'phone');
    const { body } = await chat.call('openRoom', {
      token: chat.token(NINO),
      body: { vendorId: '7' },
    });
    await phone.send({
      action: 'send',
      roomId: body.roomId,
      message: { id: randomUUID(), type: 'text', text: 'hi' },
    });
    await change('INSERT', 'customer:42');
    expect(inbox.received().at(-1)).toMatchObject({
      event: 'presence',
      member: 'customer:42',
      online: true,
      onlineUntil: expect.any(String),
    });

    const told = inbox.received().length;
    await change('MODIFY', 'customer:42');
    await change('INSERT', 'customer:42');
    expect(inbox.received()).toHaveLength(told);

    await phone.close();
    await change('REMOVE', 'customer:42', 60);
    expect(inbox.received().at(-1)).toMatchObject({ event: 'presence', online: false });
  });

  it('takes the expiry of a row that was swept late for its end', async () => {
    const inbox = await chat.open(chat.token(ANA), 'desk');
    const phone = await chat.open(chat.token(NINO), 'phone');
    await change('INSERT', 'customer:42');
    await phone.close();
    const expiresAt = Math.floor(Date.now() / 1000) - 3_600;
    await change('REMOVE', 'customer:42', 0, expiresAt);
    expect(inbox.received().at(-1)).toMatchObject({
      event: 'presence',
      online: false,
      lastSeenAt: new Date(expiresAt * 1000).toISOString(),
    });
  });

  it('reports a record that is of no member', async () => {
    expect(await change('INSERT', 'nobody')).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });
});
