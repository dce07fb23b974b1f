/** What the build takes out of stylesheets: rules for what nobody draws, and nothing else. */
import { expect, it } from 'vitest';

import { pruneCss } from '../../../../web/widget/bundle/css-of-parts.ts';

const names = new Set(['bubble', 'log', 'product-card']);

it.each([
  ['.bubble{a:b}', '.bubble{a:b}'],
  ['.bubble--own{a:b}', '.bubble--own{a:b}'],
  ['.room{a:b}', ''],
  ['.room__time{a:b}', ''],
  ['button,a:hover{a:b}', 'button,a:hover{a:b}'],
  ['.room,.bubble{a:b}', '.bubble{a:b}'],
  ['.room .bubble{a:b}', ''],
  ['.log > .product-card{a:b}', '.log > .product-card{a:b}'],
  [':is(h1, h2){a:b}', ':is(h1, h2){a:b}'],
  ['@media (width < 1px){.room{a:b}}', ''],
  ['@media (width < 1px){.room{a:b}.log{c:d}}', '@media (width < 1px){.log{c:d}}'],
  ['@keyframes x{from{a:b}to{c:d}}', '@keyframes x{from{a:b}to{c:d}}'],
  ['/* of .room */.log{a:b}', '.log{a:b}'],
])('%s becomes %s', (css, pruned) => {
  expect(pruneCss(css, names).trim()).toBe(pruned);
});
