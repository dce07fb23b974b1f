import { describe, expect, it } from 'vitest';

import { pendingChange } from '#client/state/change.ts';
import { type MessageChange, type PendingChange, withChanges } from '#client/state/changing.ts';
import type { Message } from '#protocol/message.ts';

import { newRoom, storedMessage } from '../../support/fake-server-rooms.ts';

const ME = 'vendor:7';
const at = '2026-11-22T12:00:00.000Z';

function aMessage(more: Partial<Message> = {}): Message {
  const outgoing = { id: 'id-1', type: 'text', text: 'hello', replyTo: 3 } as const;
  return { ...storedMessage(newRoom('customer:42', ME), ME, { outgoing, at }), ...more };
}

function pending(...changes: MessageChange[]): PendingChange[] {
  return changes.map((change, index) => pendingChange({ id: `${index}`, seq: 1, change, at }));
}

const edit = { type: 'edit', text: 'other' } as const;
const remove = { type: 'remove' } as const;
const like = { type: 'react', emoji: '👍', on: true } as const;

describe('changes that wait', () => {
  it('leave a message without any as it is', () => {
    const message = aMessage();
    expect(withChanges(message, [], ME)).toBe(message);
  });

  it('are laid over the message in their order', () => {
    const shown = withChanges(aMessage(), pending(edit, like, { ...edit, text: 'last' }), ME);
    expect(shown).toMatchObject({ text: 'last', editedAt: at, reactions: { '👍': [ME] } });
  });

  it('leave nothing of a deleted message but its place', () => {
    const message = aMessage({ reactions: { '👍': ['customer:42'] } });
    const shown = withChanges(message, pending(edit, remove, like), ME);
    expect(shown).toMatchObject({ seq: 1, id: 'id-1', text: null, replyTo: null, reactions: {} });
    expect(shown.deletedAt).toBe(at);
  });

  it('show nothing on a message that was deleted elsewhere', () => {
    const gone = aMessage({ text: null, deletedAt: at });
    expect(withChanges(gone, pending(edit, like), ME)).toBe(gone);
  });

  it('switch my own reaction only, once, and drop an emoji that nobody has', () => {
    const message = aMessage({ reactions: { '👍': ['customer:42', ME], '🎉': [ME] } });
    const off = { ...like, on: false };
    expect(withChanges(message, pending(like, off), ME).reactions).toEqual({
      '👍': ['customer:42'],
      '🎉': [ME],
    });
    const party = { type: 'react', emoji: '🎉', on: false } as const;
    expect(withChanges(message, pending(party), ME).reactions).toEqual({
      '👍': ['customer:42', ME],
    });
  });

  it('give the same object for the same message and changes, and another one for others', () => {
    const message = aMessage();
    const changes = pending(edit, like);
    const shown = withChanges(message, changes, ME);
    expect(withChanges(message, [...changes], ME)).toBe(shown);
    expect(withChanges(message, changes.slice(1), ME)).not.toBe(shown);
  });
});
