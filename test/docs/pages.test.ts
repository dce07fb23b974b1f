/** The pages of the documentation, as far as a machine can tell that they are whole and lead somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** What a page says that cannot be so. */
function flawsOf(page: string, text: string): string[] {
  const folder = path.dirname(path.join(ROOT, page));
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, it = '']) => it);
  const links = found(/\]\(([^)#\s]+)[^)]*\)/gu).filter((it) => !/^[a-z]+:/u.test(it));
  const files = found(/`((?:bin|docs|functions|lib|test|web)\/[\w./-]+)`/gu);
  return [
    ...found(/^(<{7}|={7}|>{7})(?: |$)/gmu).map((it) => `a merge that is not done: ${it}`),
    ...links.filter((it) => !existsSync(path.join(folder, it))),
    ...files.filter(
      (it) => !['', '.ts', '.test.ts'].some((end) => existsSync(path.join(ROOT, it + end))),
    ),
    ...found(/npm run ([\w:]+)/gu).filter((it) => !Object.hasOwn(scripts, it)),
  ];
}

describe('a page', () => {
  const pages = globSync('{*.md,docs/**/*.md}', { cwd: ROOT });

  it.each(pages)('%s is whole, and what it names is there', (page) => {
    expect(flawsOf(page, readFileSync(path.join(ROOT, page), 'utf8'))).toEqual([]);
  });

  it.each([
    ['<<<<<<< HEAD\none\n', 'a merge that is not done: <<<<<<<'],
    ['one\n=======\nother\n', 'a merge that is not done: ======='],
    ['See [there](nowhere.md#part).', 'nowhere.md'],
    ['Proved by `test/nowhere.test.ts`.', 'test/nowhere.test.ts'],
    ['    npm run nothing -- --help', 'nothing'],
  ])('with %j is not', (text, flaw) => {
    expect(flawsOf('docs/page.md', text)).toEqual([flaw]);
  });
});
