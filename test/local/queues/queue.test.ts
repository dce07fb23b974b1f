import { describe, expect, it } from 'vitest';

import type { ReceivedMessage } from '../../../lib/local/queues/queue.ts';
import { twoQueues } from '../fixtures/queues.ts';

const bodies = (messages: readonly { body: string }[]) => messages.map(({ body }) => body);

/** The handle of the one message that was received. */
function handleOf(messages: readonly ReceivedMessage[]): string {
  expect(messages).toHaveLength(1);
  return messages[0]?.receiptHandle ?? '';
}

describe('a queue', () => {
  it('hands out the oldest first, each once until its visibility times out', () => {
    const { work, clock } = twoQueues();
    for (const body of ['a', 'b', 'c']) work.send(body);
    expect(bodies(work.receive(2))).toEqual(['a', 'b']);
    expect(bodies(work.receive(10))).toEqual(['c']);
    clock.advance(29_999);
    expect(work.receive(10)).toEqual([]);
    clock.advance(1);
    expect(bodies(work.receive(10))).toEqual(['a', 'b', 'c']);
  });

  it('holds a message back for its delay, and for its own queue’s where it says none', () => {
    const { work, clock } = twoQueues({ delayMs: 1_000 });
    work.send('own');
    work.send('none', 0);
    work.send('long', 900_000);
    expect(bodies(work.receive(10))).toEqual(['none']);
    clock.advance(1_000);
    expect(bodies(work.receive(10))).toEqual(['own']);
    expect(work.counts()).toEqual({ visible: 0, inFlight: 2, delayed: 1 });
    clock.advance(899_000);
    expect(bodies(work.receive(10))).toContain('long');
  });

  it('counts receipts and remembers the first', () => {
    const { work, clock } = twoQueues();
    const sentAt = clock.now();
    work.send('a');
    clock.advance(10);
    work.receive(1);
    clock.advance(30_000);
    expect(work.receive(1)).toMatchObject([
      { receiveCount: 2, sentAt, firstReceivedAt: sentAt + 10 },
    ]);
  });

  it('deletes by the latest receipt only', () => {
    const { work, clock } = twoQueues();
    work.send('a');
    const old = handleOf(work.receive(1));
    clock.advance(30_000);
    const latest = handleOf(work.receive(1));
    work.delete(old);
    expect(work.messages()).toHaveLength(1);
    work.delete(latest);
    work.delete(latest);
    expect(work.messages()).toEqual([]);
  });

  it('lets a message be seen sooner, or later', () => {
    const { work, clock } = twoQueues();
    work.send('a');
    const handle = handleOf(work.receive(1));
    expect(work.changeVisibility(handle, 100_000)).toBe(true);
    clock.advance(99_999);
    expect(work.receive(1)).toEqual([]);
    expect(work.changeVisibility(handle, 0)).toBe(true);
    expect(bodies(work.receive(1))).toEqual(['a']);
    expect(work.changeVisibility('lost#1', 0)).toBe(false);
  });

  it('moves to the dead letters what was received too often, and nothing sooner', () => {
    const { work, dead, clock } = twoQueues();
    work.send('bad');
    work.receive(1);
    clock.advance(30_000);
    expect(bodies(work.receive(1))).toEqual(['bad']);
    expect(dead.messages()).toEqual([]);
    clock.advance(30_000);
    expect(work.receive(1)).toEqual([]);
    expect(bodies(dead.receive(1))).toEqual(['bad']);
    expect(work.messages()).toEqual([]);
  });

  it('forgets what nobody took in time', () => {
    const { work, clock } = twoQueues();
    work.send('old');
    clock.advance(86_400_000);
    expect(work.messages()).toHaveLength(1);
    clock.advance(1);
    expect(work.messages()).toEqual([]);
    expect(work.nextVisibleAt()).toBeUndefined();
  });

  it('tells of what comes, until nobody listens any more', () => {
    const { work } = twoQueues();
    let told = 0;
    const stop = work.onChange(() => void (told += 1));
    work.send('a');
    work.changeVisibility(handleOf(work.receive(1)), 5);
    stop();
    work.send('b');
    expect(told).toBe(2);
  });
});
