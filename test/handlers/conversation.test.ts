/** Two people talk through all the handlers. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { messageSchema } from '#protocol/message.ts';
import { parse } from '#protocol/parse.ts';
import { roomSchema } from '#protocol/room.ts';

import { ANA, deploy, type Deployment, NINO } from '../support/deployment.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

describe('a conversation', () => {
  it('reaches the other side live, is numbered, acknowledged and read', async () => {
    const [nino, ana] = [chat.token(NINO), chat.token(ANA)];
    const inbox = await chat.open(ana, 'desk');
    const phone = await chat.open(nino, 'phone');
    const tablet = await chat.open(nino, 'tablet');

    const opened = await chat.call('openRoom', { token: nino, body: { vendorId: '7' } });
    expect(opened.status).toBe(201);
    const { roomId } = parse(roomSchema, opened.body);
    const again = await chat.call('openRoom', { token: nino, body: { vendorId: '7' } });
    expect(again).toMatchObject({ status: 200, body: { roomId } });

    const message = { id: randomUUID(), type: 'text', text: ' Is it dishwasher safe? ' };
    const sent = await chat.call('sendMessage', {
      token: nino,
      params: { roomId },
      headers: { 'parley-device': 'phone' },
      body: { ...message, after: 0 },
    });
    expect(sent).toMatchObject({
      status: 201,
      body: { seq: 1, text: 'Is it dishwasher safe?', delivered: true },
    });
    parse(messageSchema, sent.body);

    // The vendor gets the room with its first message, and the message; so does the other device of the sender.
    expect(inbox.received().map((frame) => frame.event)).toContain('message');
    expect(tablet.received().map((frame) => frame.event)).toContain('message');
    // The device that caused it hears nothing.
    expect(phone.received()).toEqual([]);

    const retry = await chat.call('sendMessage', {
      token: nino,
      params: { roomId },
      body: { ...message, after: 0 },
    });
    expect(retry).toMatchObject({ status: 200, body: { seq: 1 } });
    expect(retry.body).not.toHaveProperty('delivered');

    const answer = await inbox.send({
      action: 'send',
      ref: 'r1',
      roomId,
      after: 1,
      message: { id: randomUUID(), type: 'text', text: 'დიახ' },
    });
    expect(answer).toMatchObject({ event: 'ack', ref: 'r1', roomId, seq: 2, delivered: true });
    const shop = { member: 'vendor:7', name: 'Tbilisi Ceramics', agent: null };
    expect(phone.received()).toMatchObject([
      { event: 'message', message: { seq: 2, sender: shop } },
      { event: 'read', member: 'vendor:7', seq: 2 },
    ]);
    // It had marked nothing as read before it answered.
    expect(inbox.received().at(-1)).toMatchObject({ event: 'read', member: 'vendor:7', seq: 2 });

    expect(await phone.send({ action: 'read', ref: 'r2', roomId, seq: 2 })).toEqual({
      event: 'ok',
      ref: 'r2',
    });
    expect(inbox.received().at(-1)).toMatchObject({ event: 'read', member: 'customer:42', seq: 2 });

    expect(await phone.send({ action: 'typing', roomId, typing: true })).toBeUndefined();
    expect(inbox.received().at(-1)).toMatchObject({
      event: 'typing',
      member: 'customer:42',
      name: 'Nino',
    });

    const history = await chat.call('listMessages', {
      token: ana,
      params: { roomId },
      query: { after: '0' },
    });
    expect(history.body.items.map((one: { seq: number }) => one.seq)).toEqual([1, 2]);
    const rooms = await chat.call('listRooms', { token: ana });
    expect(rooms.body.items).toMatchObject([{ roomId, seq: 2, lastMessage: { preview: 'დიახ' } }]);
    const unread = await chat.call('countUnread', { token: ana });
    expect(unread).toMatchObject({ status: 200, body: { rooms: 0, messages: 0 } });
    const people = await chat.call('listParticipants', { token: nino, params: { roomId } });
    expect(people.body.items).toMatchObject([
      { member: 'customer:42', online: true, readSeq: 2 },
      { member: 'vendor:7', online: true },
    ]);

    expect(
      (await chat.call('readRoom', { token: ana, params: { roomId }, body: { seq: 2 } })).status,
    ).toBe(204);

    await inbox.close();
    const late = await chat.call('sendMessage', {
      token: nino,
      params: { roomId },
      body: { id: randomUUID(), type: 'text', text: 'hello?' },
    });
    expect(late.body).toMatchObject({ seq: 3, delivered: false });
  });
});
