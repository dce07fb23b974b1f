import { describe, expect, it } from 'vitest';

import { createTrail } from '../../../lib/local/streams/trail.ts';

describe('a trail', () => {
  it('passes a record when all before it are settled', () => {
    const trail = createTrail();
    for (const number of ['1', '2', '3', '4']) trail.read(number);
    trail.settle(['2', '3']);
    expect(trail.takePassed()).toBeUndefined();
    trail.settle(['1']);
    expect(trail.takePassed()).toBe('3');
    trail.settle(['4']);
    expect(trail.takePassed()).toBe('4');
  });

  it('says where it moved to once', () => {
    const trail = createTrail();
    trail.read('1');
    trail.settle(['1']);
    expect(trail.takePassed()).toBe('1');
    expect(trail.takePassed()).toBeUndefined();
  });
});
