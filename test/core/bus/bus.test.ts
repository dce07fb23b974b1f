/** Keys of events: one for each version of each fact. */
import { describe, expect, it } from 'vitest';

import { keyOf } from '#core/bus/bus.ts';

describe('a key', () => {
  it('differs by fact, room, message and version, and by nothing else', () => {
    const message = { roomId: 'd-1', seq: 1 };
    const keys = [
      keyOf('message.created', message),
      keyOf('room.created', message),
      keyOf('message.created', { roomId: 'd-1', seq: 11 }),
      keyOf('message.created', { roomId: 'd-11', seq: 1 }),
      keyOf('message.updated', message, '1'),
      keyOf('message.updated', message, '2'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf('message.created', { ...message })).toBe(keys[0]);
  });
});
