import { beforeEach, describe, expect, it } from 'vitest';

import { RoomTyping } from '#client/room/typing.ts';

import { FakeClock } from '../../support/fake-ports.ts';

let clock: FakeClock;
let frames: object[];
let changes: number;
let typing: RoomTyping;

beforeEach(() => {
  clock = new FakeClock();
  frames = [];
  changes = 0;
  typing = new RoomTyping({
    roomId: 'r',
    ports: clock,
    sendFrame: (frame) => frames.push(frame) > 0,
    onChange: () => {
      changes += 1;
    },
  });
});

const nino = { event: 'typing', roomId: 'r', member: 'customer:42', name: 'Nino' } as const;

describe('typing', () => {
  it('of mine is told every five seconds at most, and its end once', async () => {
    typing.set(false);
    for (let key = 0; key < 12; key += 1) {
      typing.set(true);
      await clock.advance(500);
    }
    typing.set(false);
    typing.set(false);
    expect(frames).toMatchObject([{ typing: true }, { typing: true }, { typing: false }]);
  });

  it('of mine that a message ended needs no end', () => {
    typing.set(true);
    typing.sent();
    typing.set(false);
    typing.set(true);
    expect(frames).toMatchObject([{ typing: true }, { typing: true }]);
  });

  it('of others ends by a message, by itself, and with the room', async () => {
    typing.apply({ ...nino, typing: true });
    expect(typing.now).toMatchObject([{ name: 'Nino' }]);
    typing.ended('customer:42');
    expect(typing.now).toEqual([]);
    typing.apply({ ...nino, typing: true });
    await clock.advance(6_000);
    expect(typing.now).toEqual([]);
    expect(changes).toBe(1);
    typing.apply({ ...nino, typing: true });
    typing.close();
    expect(clock.pending).toBe(0);
  });
});
