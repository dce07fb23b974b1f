import { describe, expect, it } from 'vitest';

import { productOfStep } from '../../../web/storefront/use-asked.ts';

describe('productOfStep', () => {
  it('finds the product whose chat was open', () => {
    expect(productOfStep({ chat: 'blue-bowl' })?.title).toBe('Blue bowl');
  });

  it.each([null, undefined, 7, {}, { chat: 7 }, { chat: 'nothing' }])(
    'finds none in %o',
    (state) => {
      expect(productOfStep(state)).toBeNull();
    },
  );
});
