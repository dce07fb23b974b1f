/** Deleting. */
import { describe, expect, it } from 'vitest';

import { deleteMessage, tombstoneOf } from '#core/changes/delete.ts';
import type { StoredMessage } from '#core/message.ts';
import { send } from '#core/send.ts';

import { aCustomer, aMessage, aProduct, aText, CUSTOMER, VENDOR } from '../../support/builders.ts';
import { aConversation } from '../../support/conversation.ts';

const phone = aCustomer({ device: 'phone' });
const DELETED_AT = '2026-11-22T16:00:00.000Z';

function aFullMessage(overrides: Partial<StoredMessage> = {}): StoredMessage {
  return aMessage({
    type: 'image',
    text: 'secret',
    attachments: [{ key: 'k1', name: 'secret.jpg', contentType: 'image/jpeg', size: 5 }],
    product: aProduct({ title: 'secret' }),
    replyTo: 1,
    reactions: { '👍': [VENDOR] },
    editedAt: '2026-11-22T15:00:00.000Z',
    ...overrides,
  });
}

describe('a deletion', () => {
  it('leaves the number, the sender and the times, in the row, the preview and the push', async () => {
    const message = aFullMessage({ seq: 2, version: 3 });
    const { ports, roomId, row, head, updatesTo } = aConversation([aMessage(), message]);
    const answer = await deleteMessage(ports, phone, { roomId, seq: 2 });
    expect(row(2)).toEqual({
      roomId,
      seq: 2,
      id: message.id,
      type: 'image',
      sender: CUSTOMER,
      senderName: 'ნინო',
      at: message.at,
      editedAt: message.editedAt,
      deletedAt: DELETED_AT,
      version: 4,
      removedKeys: ['k1'],
    });
    const empty = { text: null, attachments: [], product: null, replyTo: null, reactions: {} };
    expect(answer).toMatchObject({ seq: 2, deletedAt: DELETED_AT, version: 4, ...empty });
    expect(answer).not.toHaveProperty('removedKeys');
    expect(updatesTo('v-desk')).toMatchObject([{ message: empty, changes: 1 }]);
    expect(head()).toMatchObject({ changes: 1, lastMessage: { seq: 2, preview: '' } });
    expect(JSON.stringify([row(2), head(), updatesTo('v-desk')])).not.toContain('secret');
  });

  it('removes what was attached', async () => {
    const { ports, roomId, removed } = aConversation([aFullMessage()]);
    await deleteMessage(ports, phone, { roomId, seq: 1 });
    expect(removed).toEqual([{ roomId, keys: ['k1'] }]);
  });

  it('stands though the files cannot be removed yet', async () => {
    const { ports, roomId, row, world } = aConversation([aFullMessage()]);
    const failing = { ...ports, removeObjects: () => Promise.reject(new Error('S3')) };
    const answer = await deleteMessage(failing, phone, { roomId, seq: 1 });
    expect(answer.deletedAt).toBe(DELETED_AT);
    expect(row(1)?.removedKeys).toEqual(['k1']);
    expect(world.reported).toHaveLength(1);
  });

  it('of a deleted message changes nothing and tells nobody, whatever its age', async () => {
    const { ports, roomId, world, head } = aConversation([aMessage()]);
    const first = await deleteMessage(ports, phone, { roomId, seq: 1 });
    world.pushes.length = 0;
    world.nowMs += 48 * 3_600_000;
    expect(await deleteMessage(ports, phone, { roomId, seq: 1 })).toEqual(first);
    expect(world.pushes).toEqual([]);
    expect(head()?.changes).toBe(1);
  });

  it('is possible for a day and no longer', async () => {
    const { ports, roomId, world } = aConversation([aMessage(), aMessage({ seq: 2 })]);
    world.nowMs += 24 * 3_600_000;
    await expect(deleteMessage(ports, phone, { roomId, seq: 1 })).resolves.toBeDefined();
    world.nowMs += 1;
    await expect(deleteMessage(ports, phone, { roomId, seq: 2 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is the sender’s alone, also where it was deleted already', async () => {
    const deleted = tombstoneOf(aMessage({ seq: 2, sender: VENDOR }), DELETED_AT);
    const { ports, roomId } = aConversation([aMessage({ sender: VENDOR }), deleted]);
    for (const seq of [1, 2]) {
      await expect(deleteMessage(ports, phone, { roomId, seq })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });

  it('lets a retry of the send be answered, and its number stay taken', async () => {
    const { ports, roomId, tables } = aConversation([]);
    const message = aText();
    await send(ports, phone, { roomId, after: 0, message });
    await deleteMessage(ports, phone, { roomId, seq: 1 });
    const retry = await send(ports, phone, { roomId, after: 0, message });
    expect(retry).toMatchObject({ isNew: false, message: { seq: 1, text: null } });
    const next = await send(ports, phone, { roomId, after: 1, message: aText() });
    expect(next.message.seq).toBe(2);
    expect(tables.logOf(roomId)).toHaveLength(2);
  });
});

it('leaves nothing of a bare message but that it was there', () => {
  const { text: _text, ...rest } = aMessage();
  expect(tombstoneOf(aMessage({ id: rest.id }), DELETED_AT)).toEqual({
    ...rest,
    deletedAt: DELETED_AT,
  });
});
