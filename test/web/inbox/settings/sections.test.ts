/** The sections of the settings by their addresses. */
import { expect, it } from 'vitest';

import { sectionOf, sectionPath, SECTIONS } from '../../../../web/inbox/settings/sections.ts';

it.each(SECTIONS)('%s is found at its own address', (section) => {
  expect(sectionOf(sectionPath(section))).toBe(section);
});

it.each(['/inbox/settings', '/inbox/settings/else', '/inbox/settings/%zz', '/inbox'])(
  'at %s is the first one',
  (path) => {
    expect(sectionOf(path)).toBe('shop');
  },
);
