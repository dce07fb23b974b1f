import { describe, expect, it } from 'vitest';

import { ReadMark } from '#client/room/read-mark.ts';

import { settled } from '../../support/fake-ports.ts';

describe('a read mark', () => {
  it('is told one at a time, and what was read meanwhile with the next', async () => {
    const told: number[] = [];
    const answers: (() => void)[] = [];
    const mark = new ReadMark({
      tell: (seq) => {
        told.push(seq);
        return new Promise((resolve) => {
          answers.push(resolve);
        });
      },
      onError: () => {},
    });
    for (const seq of [1, 2, 3]) {
      mark.seq = seq;
      void mark.tell();
    }
    expect(told).toEqual([1]);
    answers.shift()?.();
    await settled();
    expect(told).toEqual([1, 3]);
    answers.shift()?.();
    await settled();
    await mark.tell();
    expect(told).toEqual([1, 3]);
  });

  it('that could not be told is told again when asked to', async () => {
    const errors: unknown[] = [];
    let isDown = true;
    const told: number[] = [];
    const mark = new ReadMark({
      tell: async (seq) => {
        if (isDown) throw new Error('down');
        told.push(seq);
      },
      onError: (error) => errors.push(error),
    });
    mark.seq = 4;
    await mark.tell();
    expect(errors).toHaveLength(1);
    isDown = false;
    await mark.tell();
    expect(told).toEqual([4]);
  });
});
