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

const change = async (name: 'INSERT' | 'MODIFY' | 'REMOVE', member: string, secondsAgo = 0) => {
  const record = streamRecord(name, { member: { S: member }, connectionId: { S: 'x=' } }, '1');
  record.dynamodb.ApproximateCreationDateTime -= secondsAgo;
  return chat.handlers.presence.handler({ Records: [record] }, aContext());
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

  it('reports a record that is of no member', async () => {
    expect(await change('INSERT', 'nobody')).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });
});
