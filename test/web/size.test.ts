/** What the pages of the site weigh on the wire until they can be used, by a real build: budgets that fail when they are exceeded. */
import { beforeAll, describe, expect, it } from 'vitest';

import { builtSite } from '../support/built-site.ts';
import { PAGES, totalOf, weighPage } from '../support/site-weight.ts';

const KB = 1_024;

let folder: string;
beforeAll(async () => {
  folder = await builtSite();
}, 120_000);

const weigh = (page: (typeof PAGES)[keyof typeof PAGES]) => {
  const total = totalOf(weighPage(folder, page));
  console.log(`${page.name}: ${(total / KB).toFixed(1)} KB gzip`);
  return total;
};

describe('the first load', () => {
  it('of the inbox weighs 120 KB or less', () => {
    expect(weigh(PAGES.inbox)).toBeLessThanOrEqual(120 * KB);
  });

  it.each([
    ['inbox', 72],
    ['chat', 82],
    ['shop', 64],
  ] as const)('of the %s grows no further than %i KB', (name, ceiling) => {
    expect(weigh(PAGES[name])).toBeLessThanOrEqual(ceiling * KB);
  });

  it.each(Object.values(PAGES))('of $name brings one language, and nothing for later', (page) => {
    const files = [...weighPage(folder, page).keys()].join('\n');
    expect(files).not.toMatch(/EmojiPicker|PictureViewer|SettingsPage|compact|MessageTools/u);
  });
});
