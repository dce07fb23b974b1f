/** Reactions. */
import { describe, expect, it } from 'vitest';

import { react } from '#core/changes/react.ts';
import { MAX_REACTION_KINDS } from '#protocol/limits.ts';
import type { Member } from '#protocol/ids.ts';

import {
  aCustomer,
  aMessage,
  aVendor,
  CUSTOMER,
  rulesWith,
  START_MS,
  VENDOR,
} from '../../support/builders.ts';
import { aConversation } from '../../support/conversation.ts';

const on = { seq: 1, emoji: '👍', on: true };
const off = { ...on, on: false };
const faces = Array.from({ length: MAX_REACTION_KINDS + 1 }, (_, n) =>
  String.fromCodePoint(0x1f600 + n),
);
const kinds = (count: number, member: Member) =>
  Object.fromEntries(faces.slice(0, count).map((face) => [face, [member]]));

describe('a reaction', () => {
  it('is one of each emoji per member, on any message of the room', async () => {
    const { ports, roomId, row, updatesTo } = aConversation([aMessage()]);
    await react(ports, aCustomer(), { roomId, ...on });
    await react(ports, aVendor(), { roomId, ...on });
    const answer = await react(ports, aVendor({ user: 'giorgi' }), { roomId, ...on, emoji: '🎉' });
    const reactions = { '👍': [CUSTOMER, VENDOR], '🎉': [VENDOR] };
    expect(row(1)?.reactions).toEqual(reactions);
    expect(answer).toMatchObject({ reactions, editedAt: null, version: 3 });
    expect(updatesTo('c-phone').map(({ changes }) => changes)).toEqual([1, 2, 3]);
  });

  it('that is on already, or off already, changes nothing and tells nobody', async () => {
    const { ports, roomId, world, head } = aConversation([aMessage()]);
    await react(ports, aCustomer(), { roomId, ...off });
    await react(ports, aVendor(), { roomId, ...on });
    world.pushes.length = 0;
    const again = await react(ports, aVendor({ user: 'giorgi' }), { roomId, ...on });
    expect(again.reactions).toEqual({ '👍': [VENDOR] });
    expect(world.pushes).toEqual([]);
    expect(head()?.changes).toBe(1);
  });

  it('goes off, and leaves no empty kind behind', async () => {
    const message = aMessage({ reactions: { '👍': [CUSTOMER, VENDOR], '🎉': [VENDOR] } });
    const { ports, roomId, row } = aConversation([message]);
    await react(ports, aVendor(), { roomId, ...off, emoji: '🎉' });
    expect(row(1)?.reactions).toEqual({ '👍': [CUSTOMER, VENDOR] });
    await react(ports, aVendor(), { roomId, ...off });
    await react(ports, aCustomer(), { roomId, ...off });
    expect(row(1)).not.toHaveProperty('reactions');
  });

  it('is possible at any age', async () => {
    const { ports, roomId, world } = aConversation([aMessage()]);
    world.nowMs = START_MS + 365 * 24 * 3_600_000;
    await expect(react(ports, aVendor(), { roomId, ...on })).resolves.toMatchObject({ version: 1 });
  });

  it('comes in at most 20 kinds; a known kind and taking one back always pass', async () => {
    const [last = '', oneMore = ''] = faces.slice(-2);
    const message = aMessage({ reactions: kinds(MAX_REACTION_KINDS - 1, CUSTOMER) });
    const { ports, roomId, row } = aConversation([message]);
    await react(ports, aVendor(), { roomId, ...on, emoji: last });
    expect(Object.keys(row(1)?.reactions ?? {})).toHaveLength(MAX_REACTION_KINDS);
    await expect(react(ports, aVendor(), { roomId, ...on, emoji: oneMore })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'emoji' }] },
    });
    const known = { roomId, ...on, emoji: faces[0] ?? '' };
    await expect(react(ports, aVendor(), known)).resolves.toBeDefined();
    await react(ports, aVendor(), { roomId, ...off, emoji: last });
    await expect(react(ports, aVendor(), { roomId, ...on, emoji: oneMore })).resolves.toBeDefined();
  });

  it.each([
    [
      'a message of the system',
      aMessage({ type: 'system', system: { event: 'closed', params: {} } }),
    ],
    ['a deleted message', aMessage({ deletedAt: '2026-11-22T16:00:00.000Z' })],
  ])('to %s is forbidden, on and off', async (_name, message) => {
    const { ports, roomId, row } = aConversation([message]);
    for (const change of [on, off]) {
      await expect(react(ports, aVendor(), { roomId, ...change })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(row(1)).toEqual(message);
  });

  it('of two at once both count', async () => {
    const { ports, roomId, row } = aConversation([aMessage()]);
    const tries = [aCustomer(), aVendor()].flatMap((caller) =>
      faces.slice(0, 5).map((emoji) => react(ports, caller, { roomId, ...on, emoji })),
    );
    await Promise.all(tries);
    expect(Object.values(row(1)?.reactions ?? {}).flat()).toHaveLength(10);
    expect(row(1)?.version).toBe(10);
  });

  it('does not make a message larger than a frame', async () => {
    const rules = rulesWith({ maxTextLength: 16_000 });
    const { ports, roomId } = aConversation([aMessage({ text: '\u0001'.repeat(5_320) })], {
      rules,
    });
    const outcomes = await Promise.allSettled(
      faces.slice(0, 10).map((emoji) => react(ports, aVendor(), { roomId, ...on, emoji })),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(10);
    expect(refused[0]).toMatchObject({ reason: { code: 'too_large' } });
  });
});
