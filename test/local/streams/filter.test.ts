import { describe, expect, it } from 'vitest';

import { passesFilters } from '../../../lib/local/streams/filter.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: { NewImage: { type: { S: 'text' }, seq: { N: '12' } }, Keys: { roomId: { S: 'd-1' } } },
};
const image = (rules: object) => ({ dynamodb: { NewImage: rules } });

describe('passesFilters', () => {
  it('lets everything through where there are no patterns', () => {
    expect(passesFilters(record, [])).toBe(true);
  });

  it('lets a record through that one of the patterns matches', () => {
    expect(passesFilters(record, [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }])).toBe(
      true,
    );
  });

  it.each<[boolean, object]>([
    [true, { eventName: ['INSERT', 'REMOVE'] }],
    [false, { eventName: ['MODIFY'] }],
    [true, { eventName: ['INSERT'], ...image({ type: { S: ['text'] } }) }],
    [false, { eventName: ['INSERT'], ...image({ type: { S: ['image'] } }) }],
    [true, image({ type: { S: [{ prefix: 'te' }] } })],
    [false, image({ type: { S: [{ prefix: 'ex' }] } })],
    [true, image({ type: { S: [{ suffix: 'xt' }] } })],
    [true, image({ type: { S: [{ 'equals-ignore-case': 'TEXT' }] } })],
    [true, image({ type: { S: [{ 'anything-but': ['image', 'file'] }] } })],
    [false, image({ type: { S: [{ 'anything-but': ['text'] }] } })],
    [false, image({ type: { S: [{ 'anything-but': { prefix: 'te' } }] } })],
    [true, image({ seq: { N: [{ numeric: ['>', 10, '<=', 12] }] } })],
    [false, image({ seq: { N: [{ numeric: ['<', 12] }] } })],
    [false, image({ type: { S: [{ numeric: ['>', 0] }] } })],
    [true, image({ deletedAt: { S: [{ exists: false }] } })],
    [false, image({ deletedAt: { S: [{ exists: true }] } })],
    [true, { $or: [{ eventName: ['REMOVE'] }, image({ type: { S: ['text'] } })] }],
  ])('answers %s for %j', (expected, pattern) => {
    expect(passesFilters(record, [pattern])).toBe(expected);
  });

  it('names a rule that it does not know', () => {
    expect(() => passesFilters(record, [{ eventName: [{ cidr: '10.0.0.0/8' }] }])).toThrow(/cidr/u);
  });
});
