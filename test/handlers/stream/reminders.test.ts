/** The queue of reminders: told, put back or dropped, and what cannot be read given up. */
import { randomUUID } from 'node:crypto';

import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Reminder } from '#core/reminders/reminder.ts';

import { ANA, deploy, type Deployment, NINO } from '../../support/deployment.ts';
import { aContext } from '../../support/events.ts';

let chat: Deployment;
let roomId: string;
beforeAll(async () => {
  chat = await deploy();
  const token = chat.token(NINO);
  const room = await chat.call('openRoom', { token, body: { vendorId: '7' } });
  roomId = room.body.roomId;
  await ask();
});
afterAll(() => chat.stop());

async function ask(): Promise<void> {
  const body = { id: randomUUID(), type: 'text', text: 'Is it dishwasher safe?' };
  await chat.call('sendMessage', { token: chat.token(NINO), params: { roomId }, body });
}

const HOUR_MS = 3_600_000;

function reminder(dueInMs: number, kind: Reminder['kind'] = 'unread'): Reminder {
  const since = new Date(Date.now() - HOUR_MS).toISOString();
  const dueAt = new Date(Date.now() + dueInMs).toISOString();
  return { kind, roomId, side: 'vendor', seq: 1, since, dueAt };
}

const handle = async (...bodies: unknown[]) => {
  const Records = bodies.map((body, index) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { messageId: `m${index}`, body: text } as SQSRecord;
  });
  return chat.handlers.reminders.handler({ Records }, aContext());
};

describe('stream/reminders', () => {
  it('puts back what is not due, and tells what is, once', async () => {
    const answer = await handle(
      reminder(HOUR_MS),
      reminder(-1),
      reminder(-1),
      reminder(-1, 'waiting'),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(chat.aws.queued).toMatchObject([{ delaySeconds: 900, reminder: { seq: 1 } }]);
    expect(chat.aws.published.map(({ type }) => type)).toEqual([
      'member.unread',
      'customer.waiting',
    ]);
  });

  it('lets what cannot be read fail alone', async () => {
    expect(await handle('{', reminder(-1), {})).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }],
    });
  });

  it('drops what was read', async () => {
    await ask();
    await chat.call('readRoom', {
      token: chat.token(ANA),
      params: { roomId },
      body: { seq: 2 },
    });
    const before = chat.aws.published.length;
    expect(await handle({ ...reminder(-1), seq: 2 })).toEqual({ batchItemFailures: [] });
    expect(chat.aws.published).toHaveLength(before);
  });

  it('reports what the bus did not take, so that it comes again', async () => {
    await ask();
    chat.aws.refused.add('PutEvents');
    const third = { ...reminder(-1), seq: 3 };
    expect(await handle(third)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    chat.aws.refused.clear();
    await handle(third);
    expect(chat.aws.published.at(-1)?.detail.key).toBe(`member.unread#${roomId}#3`);
  });
});
