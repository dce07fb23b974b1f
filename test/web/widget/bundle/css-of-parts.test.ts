/** What the build takes out of stylesheets: rules for what nobody draws, and nothing else. */
import { expect, it } from 'vitest';

import { pruneCss } from '../../../../web/widget/bundle/css-of-parts.ts';

const drawn = {
  classes: new Set(['bubble', 'log', 'product-card']),
  tags: new Set(['a', 'button', 'h2']),
  tokens: new Set(['--ink']),
};

it.each([
  ['.bubble{a:b}', '.bubble{a:b}'],
  ['.bubble--own{a:b}', '.bubble--own{a:b}'],
  ['.room{a:b}', ''],
  ['.room__time{a:b}', ''],
  ['button,a:hover{a:b}', 'button,a:hover{a:b}'],
  ['body{a:b}', ''],
  ['h1,h2{a:b}', 'h2{a:b}'],
  ['button:not(:disabled)[dir] > a::before{a:b}', 'button:not(:disabled)[dir] > a::before{a:b}'],
  ['.log ul{a:b}', ''],
  [
    ':root{--ink: #000; --scrim: #111; color-scheme: dark;}',
    ':root{--ink: #000; color-scheme: dark;}',
  ],
  ['.room,.bubble{a:b}', '.bubble{a:b}'],
  ['.room .bubble{a:b}', ''],
  ['.log > .product-card{a:b}', '.log > .product-card{a:b}'],
  [':is(h1, h2){a:b}', ':is(h1, h2){a:b}'],
  ['@media (width < 1px){.room{a:b}}', ''],
  ['@media (width < 1px){.room{a:b}.log{c:d}}', '@media (width < 1px){.log{c:d}}'],
  ['@keyframes x{from{a:b}to{c:d}}', '@keyframes x{from{a:b}to{c:d}}'],
  ['/* of .room */.log{a:b}', '.log{a:b}'],
])('%s becomes %s', (css, pruned) => {
  expect(pruneCss(css, drawn).trim()).toBe(pruned);
});
