/** Which chat a step of the history has open. */
import { describe, expect, it } from 'vitest';

import { targetOfStep } from '../../../web/react/use-popup.ts';

const product = { id: 'blue-bowl', title: 'Blue bowl', url: 'https://shop.example/blue-bowl' };
const sheet = { parleySheet: true };

describe('targetOfStep', () => {
  it('finds whom the sheet was open for', () => {
    const target = { vendorId: '7', vendorName: 'Tbilisi Ceramics', product };
    expect(targetOfStep({ ...sheet, parleyChat: target })).toEqual(target);
    expect(targetOfStep({ ...sheet, parleyChat: { vendorId: '7' } })).toEqual({ vendorId: '7' });
  });

  it.each([
    null,
    undefined,
    7,
    {},
    sheet,
    { parleyChat: { vendorId: '7' } },
    { ...sheet, parleyChat: '7' },
    { ...sheet, parleyChat: { vendorId: 7 } },
  ])('finds none in %o', (state) => {
    expect(targetOfStep(state)).toBeNull();
  });

  it('takes no product that is none', () => {
    const state = { ...sheet, parleyChat: { vendorId: '7', product: { id: 'x' } } };
    expect(targetOfStep(state)).toEqual({ vendorId: '7' });
  });
});
