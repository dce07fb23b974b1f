/** The rows of a log that are drawn first. */
import { expect, it } from 'vitest';

import { spanAtEnd } from '../../../../../web/ui/conversation/log/log-sight.ts';

it('draws the last rows first, and all of a short log', () => {
  expect(spanAtEnd(5_000)).toEqual({ start: 4_960, end: 5_000 });
  expect(spanAtEnd(3)).toEqual({ start: 0, end: 3 });
});
