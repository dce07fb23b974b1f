import { describe, expect, it } from 'vitest';

import { UUID_PATTERN } from '#protocol/ids.ts';

import { Dice, sequenceOf, uuidOf } from './dice.ts';

const rolls = (dice: Dice, count: number, what = 'x') =>
  Array.from({ length: count }, () => dice.roll(what));

describe('seeded dice', () => {
  it('answer the same questions the same, whatever is asked in between', () => {
    const other = new Dice(7);
    rolls(other, 5, 'something else');
    expect(rolls(other, 3)).toEqual(rolls(new Dice(7), 3));
  });

  it('answer another seed and another time differently', () => {
    expect(new Set([...rolls(new Dice(7), 3), ...rolls(new Dice(8), 3)]).size).toBe(6);
  });

  it('spread over the whole range', () => {
    const tenths = rolls(new Dice(1), 10_000).map((roll) => Math.floor(roll * 10));
    const counts = [...Map.groupBy(tenths, (tenth) => tenth).values()].map(({ length }) => length);
    expect(counts).toHaveLength(10);
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('a sequence', () => {
  it('is the same for its seed and name', () => {
    const take = (seed: number, name: string) => {
      const { next, below, pick, chance } = sequenceOf(seed, name);
      return [next(), below(100), pick(['a', 'b', 'c']), chance(0.5)];
    };
    expect(take(1, 'nino')).toEqual(take(1, 'nino'));
    expect(take(1, 'nino')).not.toEqual(take(1, 'ana'));
  });

  it('makes UUIDs, another one each time', () => {
    const sequence = sequenceOf(1, 'ids');
    const [first, second] = [uuidOf(sequence), uuidOf(sequence)];
    expect(first).toMatch(UUID_PATTERN);
    expect(second).not.toBe(first);
  });
});
