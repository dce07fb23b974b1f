/** Editing. */
import { describe, expect, it } from 'vitest';

import { editMessage } from '#core/changes/edit.ts';
import { EDIT_WINDOW_HOURS, MAX_FRAME_BYTES } from '#protocol/limits.ts';

import {
  aCustomer,
  aMessage,
  aProduct,
  aVendor,
  rulesWith,
  START_MS,
  VENDOR,
} from '../../support/builders.ts';
import { aConversation } from '../../support/conversation.ts';

const phone = aCustomer({ device: 'phone' });

describe('an edit', () => {
  it('replaces the text, and shows to everybody but the device that made it', async () => {
    const { ports, roomId, world, row, head, updatesTo } = aConversation([aMessage()]);
    world.nowMs += 60_000;
    const answer = await editMessage(ports, phone, { roomId, seq: 1, text: 'Is it oven safe?' });
    const editedAt = new Date(START_MS + 60_000).toISOString();
    expect(answer).toMatchObject({ text: 'Is it oven safe?', editedAt, version: 1 });
    expect(row(1)).toMatchObject({ text: 'Is it oven safe?', editedAt, version: 1 });
    expect(head()).toMatchObject({
      changes: 1,
      lastMessage: { seq: 1, preview: 'Is it oven safe?' },
    });
    expect(updatesTo('c-phone')).toEqual([]);
    expect(updatesTo('c-laptop')).toEqual([
      { event: 'message.updated', message: answer, changes: 1 },
    ]);
    expect(updatesTo('v-desk')).toHaveLength(1);
  });

  it('to the same text changes nothing and tells nobody, whatever its age', async () => {
    const { ports, roomId, world, head, row } = aConversation([aMessage({ text: 'same' })]);
    world.nowMs += 48 * 3_600_000;
    const answer = await editMessage(ports, phone, { roomId, seq: 1, text: 'same' });
    expect(answer).toMatchObject({ text: 'same', editedAt: null });
    expect(row(1)).not.toHaveProperty('version');
    expect(head()?.changes).toBe(0);
    expect(world.pushes).toEqual([]);
  });

  it('is made by any of a vendor’s staff, and keeps who wrote it', async () => {
    const message = aMessage({ sender: VENDOR, agent: { user: 'ana', name: 'ანა' } });
    const { ports, roomId, row, updatesTo } = aConversation([message]);
    const giorgi = aVendor({ user: 'giorgi' });
    const answer = await editMessage(ports, giorgi, { roomId, seq: 1, text: 'Yes' });
    expect(answer.sender?.agent).toEqual({ user: 'ana', name: 'ანა' });
    expect(row(1)?.agent?.user).toBe('ana');
    expect(updatesTo('c-phone')[0]?.message.sender?.agent).toBeNull();
  });

  it('gives a product a text, and leaves the preview of a later message alone', async () => {
    const { text: _text, ...card } = aMessage({ type: 'product', product: aProduct() });
    const { ports, roomId, row, head } = aConversation([card, aMessage({ seq: 2, text: 'later' })]);
    await editMessage(ports, phone, { roomId, seq: 1, text: 'this one' });
    expect(row(1)).toMatchObject({ type: 'product', product: aProduct(), text: 'this one' });
    expect(head()).toMatchObject({ changes: 1, lastMessage: { seq: 2, preview: 'later' } });
  });

  it('never makes a message older than it is', async () => {
    const { ports, roomId, world, row } = aConversation([aMessage()]);
    world.nowMs -= 60_000;
    await editMessage(ports, phone, { roomId, seq: 1, text: 'other' });
    expect(row(1)?.editedAt).toBe(row(1)?.at);
  });

  it('is possible for a day and no longer', async () => {
    const { ports, roomId, world } = aConversation([aMessage()]);
    world.nowMs += EDIT_WINDOW_HOURS * 3_600_000;
    const inTime = editMessage(ports, phone, { roomId, seq: 1, text: 'in time' });
    await expect(inTime).resolves.toMatchObject({ text: 'in time' });
    world.nowMs += 1;
    const late = editMessage(ports, phone, { roomId, seq: 1, text: 'late' });
    await expect(late).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('24 hours'),
    });
  });

  it.each([
    ['another side’s message', aMessage({ sender: VENDOR }), 'Only its sender'],
    ['a deleted message', aMessage({ deletedAt: '2026-11-22T16:00:00.000Z' }), 'was deleted'],
  ])('of %s is forbidden', async (_name, message, why) => {
    const { ports, roomId, row } = aConversation([message]);
    const edit = editMessage(ports, phone, { roomId, seq: 1, text: 'mine' });
    await expect(edit).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(why),
    });
    expect(row(1)).toEqual(message);
  });

  it('keeps to the deployment’s longest text', async () => {
    const { ports, roomId } = aConversation([aMessage()], {
      rules: rulesWith({ maxTextLength: 10 }),
    });
    const edit = (length: number) =>
      editMessage(ports, phone, { roomId, seq: 1, text: 'x'.repeat(length) });
    await expect(edit(10)).resolves.toMatchObject({ version: 1 });
    await expect(edit(11)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'text' }] },
    });
  });

  it('keeps to what a frame can carry', async () => {
    const rules = rulesWith({ maxTextLength: 16_000 });
    const { ports, roomId, world } = aConversation([aMessage()], { rules });
    const edit = (length: number) =>
      editMessage(ports, phone, { roomId, seq: 1, text: '\u0001'.repeat(length) });
    await expect(edit(5_500)).rejects.toMatchObject({ code: 'too_large' });
    await edit(5_300);
    const sizes = world.pushes.map(({ frame }) => Buffer.byteLength(JSON.stringify(frame)));
    expect(Math.max(...sizes)).toBeGreaterThan(31_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_FRAME_BYTES);
  });
});
