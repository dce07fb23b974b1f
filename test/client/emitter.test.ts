import { expect, it } from 'vitest';

import { Emitter } from '#client/emitter.ts';

it('hands an event to everybody who listens, and to nobody who stopped', () => {
  const emitter = new Emitter();
  const heard: string[] = [];
  const stop = emitter.on('sent', ({ id }) => heard.push(`a ${id}`));
  emitter.on('sent', ({ id }) => heard.push(`b ${id}`));
  emitter.emit('sent', { roomId: 'r', id: '1', seq: 1 });
  stop();
  emitter.emit('sent', { roomId: 'r', id: '2', seq: 2 });
  expect(heard).toEqual(['a 1', 'b 1', 'b 2']);
});
