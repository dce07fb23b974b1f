/** How the stylesheet of the React components stays with them. */
import { describe, expect, it } from 'vitest';

import { scopeSelector } from '../../../web/react/scope-css.ts';

describe('scopeSelector', () => {
  it.each([
    [':root', '.parley'],
    ['html', '.parley'],
    ['body', '.parley'],
    ['body:has(dialog)', '.parley:has(dialog)'],
    ['h1', '.parley h1'],
    ['*::before', '.parley *::before'],
    [':focus-visible', '.parley :focus-visible'],
    ['.button:hover:not(:disabled)', '.parley .button:hover:not(:disabled)'],
    ["[dir='rtl'] .icon", ".parley[dir='rtl'] .icon"],
    ['.parley-button', '.parley-button'],
  ])('%s becomes %s', (selector, scoped) => {
    expect(scopeSelector(selector)).toBe(scoped);
  });
});
