/** The sheet's own step of the history, told from those of the page. */
import { expect, it } from 'vitest';

import { isSheetStep } from '../../../web/popup/use-back-closes.ts';

it.each([
  [null, false],
  [undefined, false],
  ['parleySheet', false],
  [{ idx: 3 }, false],
  [{ idx: 3, parleySheet: true }, true],
])('%j is the sheet’s step: %s', (state, expected) => {
  expect(isSheetStep(state)).toBe(expected);
});
