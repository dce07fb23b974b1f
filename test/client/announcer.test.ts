import { describe, expect, it } from 'vitest';

import { Announcer } from '#client/announcer.ts';
import type { ChatEvents } from '#client/chat.ts';
import { Emitter } from '#client/emitter.ts';
import type { Message } from '#protocol/message.ts';

import { newRoom, renderRoom, storedMessage } from '../support/fake-server-rooms.ts';

const room = newRoom('customer:42', 'vendor:7');
const at = '2026-11-22T12:00:00.000Z';

function aMessage(sender: 'customer:42' | 'vendor:7', version?: number): Message {
  const outgoing = { id: 'id', type: 'text', text: 'hello' } as const;
  const message = storedMessage(room, sender, { outgoing, at });
  return version === undefined ? message : { ...message, version };
}

function setUp(isUnsent = (_id: string) => false) {
  const emitter = new Emitter();
  const heard: [keyof ChatEvents, boolean?][] = [];
  emitter.on('message', ({ isMine }) => heard.push(['message', isMine]));
  for (const name of ['updated', 'room', 'note', 'noteRemoved'] as const) {
    emitter.on(name, () => heard.push([name]));
  }
  const announcer = new Announcer({ emitter, me: () => 'vendor:7', isUnsent });
  return { announcer, heard };
}

describe('an application', () => {
  it('hears of every state of a message once, and whose it is', () => {
    const { announcer, heard } = setUp();
    for (let push = 0; push < 2; push += 1) {
      announcer.announce({ event: 'message', message: aMessage('customer:42') });
      const message = aMessage('customer:42', 1);
      announcer.announce({ event: 'message.updated', message, changes: 1 });
      announcer.updated(aMessage('customer:42', 2));
    }
    expect(heard).toEqual([['message', false], ['updated'], ['updated']]);
    const { announcer: mine, heard: own } = setUp();
    mine.announce({ event: 'message', message: aMessage('vendor:7') });
    expect(own).toEqual([['message', true]]);
  });

  it('hears of rooms and notes, and of nothing that its states show anyway', () => {
    const { announcer, heard } = setUp();
    const { roomId } = room;
    const note = { noteId: 'n', roomId, text: 'x', author: { user: 'a', name: 'A' }, at };
    announcer.announce({ event: 'room', room: renderRoom(room, 'vendor:7') });
    announcer.announce({ event: 'note', note });
    announcer.announce({ event: 'note.deleted', roomId, noteId: 'n' });
    const member = 'customer:42' as const;
    announcer.announce({ event: 'typing', roomId, member, name: 'Nino', typing: true });
    announcer.announce({ event: 'read', roomId, member, seq: 1, delivered: 1, at });
    expect(heard).toEqual([['room'], ['note'], ['noteRemoved']]);
  });
});
