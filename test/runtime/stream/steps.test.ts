/** Steps: one that fails does not stop the others, and fails the whole. */
import { describe, expect, it } from 'vitest';

import { Steps } from '#runtime/stream/steps.ts';

describe('steps', () => {
  it('all run, and fail together where one failed', async () => {
    const steps = new Steps();
    const done: string[] = [];
    expect(await steps.run('one', () => Promise.reject(new Error('no')))).toBeNull();
    expect(await steps.run('two', async () => done.push('two'))).toBe(1);
    expect(done).toEqual(['two']);
    expect(() => steps.finish()).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });

  it('finish where none failed', async () => {
    const steps = new Steps();
    await steps.run('one', async () => null);
    expect(() => steps.finish()).not.toThrow();
  });
});
