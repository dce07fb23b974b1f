import { describe, expect, it } from 'vitest';

import { DEAD, twoQueues, WORK } from '../fixtures/queues.ts';

describe('the queues', () => {
  it('keep what was sent, oldest first, each queue for itself', () => {
    const { queues } = twoQueues();
    queues.send(WORK.logicalId, 'one');
    queues.send(WORK.logicalId, { two: 2 });
    expect(queues.messages(WORK.logicalId).map(({ body }) => body)).toEqual(['one', '{"two":2}']);
    expect(queues.depths()).toEqual({ [WORK.logicalId]: 2, [DEAD.logicalId]: 0 });
  });

  it('let go of the oldest beyond a thousand where nobody reads', () => {
    const { queues } = twoQueues();
    for (let at = 0; at <= 1_000; at += 1) {
      queues.send(DEAD.logicalId, String(at));
      queues.send(WORK.logicalId, String(at));
    }
    expect(queues.messages(DEAD.logicalId)).toHaveLength(1_000);
    expect(queues.messages(DEAD.logicalId)[0]?.body).toBe('1');
    expect(queues.messages(WORK.logicalId)).toHaveLength(1_001);
  });

  it('name a queue that is not in the template', () => {
    const { queues } = twoQueues();
    expect(() => queues.send('c', 1)).toThrow(/No queue c/u);
  });

  it('find a queue by its name', () => {
    const { queues, work } = twoQueues();
    expect(queues.named('work')).toBe(work);
    expect(queues.named('lost')).toBeUndefined();
  });
});
