import { describe, expect, it } from 'vitest';

import { parseFrame, roomIdOf } from '#client/frames.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

describe('what comes in over the socket', () => {
  it.each(['', 'null', '[]', '7', '"text"', '{', '{"message":"Forbidden","requestId":"r"}'])(
    'is passed over where it is no event: %s',
    (text) => {
      expect(parseFrame(text)).toBeNull();
    },
  );

  it.each([
    ['{"event":"typing","roomId":"r"}', 'r'],
    ['{"event":"message","message":{"roomId":"r"}}', 'r'],
    ['{"event":"room","room":{"roomId":"r"}}', 'r'],
    ['{"event":"note","note":{"roomId":"r"}}', 'r'],
    ['{"event":"focus","roomId":null}', null],
    ['{"event":"presence","member":"vendor:7"}', null],
    ['{"event":"error","message":"No."}', null],
    ['{"event":"of a later version"}', null],
  ])('%s is about the room %s', (text, roomId) => {
    const frame = parseFrame(text);
    expect(frame && roomIdOf(frame satisfies ServerFrame)).toBe(roomId);
  });
});
