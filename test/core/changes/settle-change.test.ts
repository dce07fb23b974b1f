/** What a handler left that died after it had changed a message. */
import { describe, expect, it } from 'vitest';

import { deleteMessage, tombstoneOf } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { settleChange } from '#core/changes/settle-change.ts';
import { lastMessageOf } from '#core/message.ts';

import { aCustomer, aHead, aMessage, VENDOR } from '../../support/builders.ts';
import { aConversation } from '../../support/conversation.ts';

const edited = aMessage({ text: 'new', editedAt: '2026-11-22T16:00:00.000Z', version: 1 });
const before = lastMessageOf(aHead(), aMessage({ text: 'old' }));

describe('settleChange', () => {
  it('counts, shows and tells what a dead handler left', async () => {
    const { ports, roomId, head, updatesTo } = aConversation([edited], {
      head: { changes: 4, lastMessage: before },
    });
    const settled = await settleChange(ports, { roomId, seq: 1 });
    expect(settled).toMatchObject({ message: edited, changes: 5 });
    expect(head()).toMatchObject({ changes: 5, lastMessage: { preview: 'new', version: 1 } });
    for (const device of ['c-phone', 'c-laptop', 'v-desk']) {
      expect(updatesTo(device)).toMatchObject([{ changes: 5, message: { text: 'new' } }]);
    }
  });

  it('tells once more what a handler told, and writes nothing', async () => {
    const { ports, roomId, tables, updatesTo, world } = aConversation([aMessage()]);
    await editMessage(ports, aCustomer({ device: 'phone' }), { roomId, seq: 1, text: 'new' });
    const written = tables.heads.get(roomId)?.length;
    await settleChange(ports, { roomId, seq: 1 });
    await settleChange(ports, { roomId, seq: 1 });
    expect(tables.heads.get(roomId)).toHaveLength(written ?? 0);
    expect(updatesTo('v-desk').map(({ changes }) => changes)).toEqual([1, 1, 1]);
    expect(updatesTo('c-phone').map(({ changes }) => changes)).toEqual([1, 1]);
    expect(world.waits).toEqual([]);
  });

  it('tells whom the handler could not look up, and fails as long as it cannot either', async () => {
    const { ports, roomId, updatesTo, world } = aConversation([aMessage()]);
    const list: typeof ports.connections.list = (member, options) =>
      member === VENDOR
        ? Promise.reject(new Error('throttled'))
        : ports.connections.list(member, options);
    const blind = { ...ports, connections: { ...ports.connections, list } };
    const phone = aCustomer({ device: 'phone' });
    const command = { roomId, seq: 1, text: 'new' };
    await expect(editMessage(blind, phone, command)).resolves.toMatchObject({ text: 'new' });
    expect(world.reported.at(-1)).toMatchObject({ code: 'unavailable' });
    expect([updatesTo('c-laptop'), updatesTo('v-desk')]).toMatchObject([[{}], []]);
    const settling = settleChange(blind, { roomId, seq: 1 });
    await expect(settling).rejects.toMatchObject({ code: 'unavailable' });
    await settleChange(ports, { roomId, seq: 1 });
    expect(updatesTo('v-desk')).toMatchObject([{ message: { text: 'new' } }]);
  });

  it('gives a handler at work its time', async () => {
    const { ports, roomId, tables, world, head } = aConversation([edited]);
    world.onWait = () =>
      tables.putHead(aHead({ seq: 1, changes: 1, lastChange: { seq: 1, version: 1 } }));
    await settleChange(ports, { roomId, seq: 1 });
    expect(world.waits).toEqual([400]);
    expect(head()?.changes).toBe(1);
  });

  it('takes what is stored after that time, not before', async () => {
    const { ports, roomId, tables, world, updatesTo } = aConversation([edited]);
    world.onWait = () => void tables.replaceMessage({ ...edited, text: 'newer', version: 2 });
    await settleChange(ports, { roomId, seq: 1 });
    expect(updatesTo('v-desk')).toMatchObject([{ message: { text: 'newer', version: 2 } }]);
  });

  it('sums up the message first where its sender never did', async () => {
    const { ports, roomId, world, head } = aConversation([edited], {
      head: { seq: 0 },
    });
    await settleChange(ports, { roomId, seq: 1 });
    expect(head()).toMatchObject({ seq: 1, changes: 1, lastMessage: { seq: 1, preview: 'new' } });
    expect(world.framesTo('v-desk').map(({ event }) => event)).toEqual([
      'room',
      'message',
      'message.updated',
    ]);
  });

  it('mends a line that was written late, from before a deletion', async () => {
    const { ports, roomId, tables, head } = aConversation([aMessage({ text: 'secret' })]);
    await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
    tables.putHead(aHead({ ...head(), lastMessage: before }));
    await settleChange(ports, { roomId, seq: 1 });
    expect(head()?.lastMessage).toMatchObject({ seq: 1, preview: '' });
  });

  it('removes what a deleted message had attached, and fails where it cannot', async () => {
    const attachments = [{ key: 'k1', name: 'a', contentType: 'image/png', size: 1 }];
    const deleted = { ...tombstoneOf(aMessage({ attachments }), 'then'), version: 1 };
    const { ports, roomId, removed } = aConversation([deleted]);
    await settleChange(ports, { roomId, seq: 1 });
    expect(removed).toEqual([{ roomId, keys: ['k1'] }]);
    const failing = { ...ports, removeObjects: () => Promise.reject(new Error('S3')) };
    await expect(settleChange(failing, { roomId, seq: 1 })).rejects.toThrow('S3');
  });

  it.each([
    ['a message that never changed', 1],
    ['none', 2],
  ])('has nothing to do with %s', async (_name, seq) => {
    const { ports, roomId, world } = aConversation([aMessage()], { head: { seq: 2 } });
    expect(await settleChange(ports, { roomId, seq })).toBeNull();
    expect(world.pushes).toEqual([]);
  });
});
