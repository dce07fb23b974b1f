import { describe, expect, it } from 'vitest';

import { changeMany, type Outcome } from '../../../../web/inbox/bulk/change-many.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`);

describe('a change on many conversations', () => {
  it('is made on each once, a few at a time, and tells how far it is', async () => {
    let atOnce = 0;
    let most = 0;
    const seen: string[] = [];
    const steps: Outcome[] = [];
    const change = async (roomId: string) => {
      seen.push(roomId);
      most = Math.max(most, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
    };
    const { signal } = new AbortController();
    const outcome = await changeMany({
      roomIds: ids(20),
      change,
      onProgress: (step) => steps.push(step),
      signal,
    });
    expect(seen).toEqual(ids(20));
    expect([most, steps.length]).toEqual([4, 20]);
    expect(outcome.failed).toEqual([]);
    expect(outcome.done.toSorted()).toEqual(ids(20).toSorted());
  });

  it('names what failed and goes on with the others', async () => {
    const change = async (roomId: string) => {
      if (roomId === 'r1') throw new Error('refused');
    };
    const { signal } = new AbortController();
    const outcome = await changeMany({ roomIds: ids(3), change, onProgress: () => {}, signal });
    expect(outcome.failed).toEqual(['r1']);
    expect(outcome.done).toHaveLength(2);
  });

  it('begins nothing more once it is stopped', async () => {
    const stop = new AbortController();
    const changed: string[] = [];
    const outcome = await changeMany({
      roomIds: ids(10),
      change: async (roomId) => {
        changed.push(roomId);
        stop.abort();
      },
      onProgress: () => {},
      signal: stop.signal,
    });
    expect(changed).toEqual(['r0']);
    expect(outcome.failed).toHaveLength(9);
  });
});
