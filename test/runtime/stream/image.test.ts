/** Images of items: every type that is stored, and what is refused. */
import { describe, expect, it } from 'vitest';

import { imageOf } from '#runtime/stream/image.ts';

describe('an image', () => {
  it('is the item as it was put', () => {
    const NewImage = {
      roomId: { S: 'd-1' },
      seq: { N: '12' },
      isNew: { BOOL: false },
      nothing: { NULL: true },
      empty: { S: '' },
      product: { M: { title: { S: 'ჯამი' }, price: { N: '45.5' } } },
      reactions: { M: { '👍': { L: [{ S: 'vendor:7' }] } } },
      members: { SS: ['a', 'b'] },
    };
    expect(imageOf({ dynamodb: { NewImage } }, 'NewImage')).toEqual({
      roomId: 'd-1',
      seq: 12,
      isNew: false,
      nothing: null,
      empty: '',
      product: { title: 'ჯამი', price: 45.5 },
      reactions: { '👍': ['vendor:7'] },
      members: ['a', 'b'],
    });
  });

  it('is null where there is none', () => {
    expect(imageOf({}, 'NewImage')).toBeNull();
    expect(imageOf({ dynamodb: { NewImage: {} } }, 'OldImage')).toBeNull();
  });

  it('of an unknown type is refused by its name', () => {
    const NewImage = { x: { B: 'AA==' } };
    expect(() => imageOf({ dynamodb: { NewImage } }, 'NewImage')).toThrow('a value of type B');
  });
});
