import { expect, it } from 'vitest';

import { Questions } from '#client/lists/questions.ts';
import type { Room } from '#protocol/room.ts';

import { newRoom, renderRoom } from '../../support/fake-server-rooms.ts';

function aRoom(sender: 'customer:42' | 'vendor:7' | null, status: Room['status'] = 'open'): Room {
  const room = renderRoom(newRoom('customer:42', 'vendor:7'), 'vendor:7');
  const type = sender === null ? 'system' : 'text';
  return {
    ...room,
    roomId: 'd-1',
    status,
    lastMessage: { seq: 1, type, preview: '', sender, at: room.createdAt },
  };
}

it('remembers through what the system says whose word was the last', () => {
  const questions = new Questions();
  for (const sender of ['customer:42', 'vendor:7'] as const) {
    questions.hear(aRoom(sender));
    questions.hear(aRoom(null));
    expect(questions.isShown(aRoom(null), 'waiting')).toBe(sender === 'customer:42');
  }
});

it('knows nothing of a room of which only the system was heard, until the server lists it', () => {
  const questions = new Questions();
  questions.hear(aRoom(null));
  expect(questions.isShown(aRoom(null), 'waiting')).toBeNull();
  questions.listed(aRoom(null));
  expect(questions.isShown(aRoom(null), 'waiting')).toBe(true);
});

it('believes what was said in the room before a list, which may be older', () => {
  const questions = new Questions();
  questions.hear(aRoom('vendor:7'));
  questions.listed(aRoom(null));
  expect(questions.isShown(aRoom(null), 'waiting')).toBe(false);
});

it('has no say where the head tells, or for another list', () => {
  const questions = new Questions();
  questions.hear(aRoom('customer:42'));
  expect(questions.isShown(aRoom(null, 'closed'), 'waiting')).toBe(false);
  expect(questions.isShown(aRoom('vendor:7'), 'waiting')).toBe(false);
  expect(questions.isShown(aRoom(null), 'closed')).toBe(false);
  expect(questions.isShown(aRoom(null), 'all')).toBe(true);
});
