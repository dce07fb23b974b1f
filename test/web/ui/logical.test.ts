/** Every stylesheet by logical properties, so that a right-to-left page turns around by itself. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** A declaration that names a side of the screen rather than of the text. */
const PHYSICAL = [
  /(?:^|[\s;{])(?:left|right)\s*:/u,
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/u,
  /border-(?:top|bottom)-(?:left|right)-radius/u,
  /(?:text-align|float|clear|transform-origin|background-position|object-position)\s*:[^;]*\b(?:left|right)\b/u,
];
const FOUR_SIDES = /(?:^|[\s;{])(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)/gu;

/** What a stylesheet sets by the sides of the screen. */
function physicalIn(css: string): string[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//gu, '');
  const lines = text.split('\n').filter((line) => PHYSICAL.some((physical) => physical.test(line)));
  const lopsided = [...text.matchAll(FOUR_SIDES)]
    .map(([declaration, value = '']) => ({ declaration, sides: sidesOf(value) }))
    .filter(({ sides }) => sides.length === 4 && sides[1] !== sides[3])
    .map(({ declaration }) => declaration);
  return [...lines, ...lopsided].map((line) => line.trim());
}

/** The values of a shorthand; what stands in brackets is one. */
function sidesOf(value: string): string[] {
  const isOpen = (sides: string[]) => {
    const last = sides.at(-1) ?? '';
    return last.split('(').length > last.split(')').length;
  };
  return value
    .trim()
    .split(/\s+/u)
    .reduce<string[]>(
      (sides, part) =>
        isOpen(sides) ? [...sides.slice(0, -1), `${sides.at(-1)} ${part}`] : [...sides, part],
      [],
    );
}

describe('the stylesheets', () => {
  const files = globSync('web/**/*.css', { cwd: root }).toSorted();

  it('are there', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s names no side of the screen', (file) => {
    expect(physicalIn(readFileSync(path.join(root, file), 'utf8'))).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    '.a { left: 0; }',
    '.a { margin-left: 4px; }',
    '.a { border-top-right-radius: 4px; }',
    '.a { text-align: right; }',
    '.a { padding: 1px 2px 3px 4px; }',
    '.a { margin: 0 max(1px, calc((1px + 2px) / 2)) 0 3px; }',
  ])('sees %s', (css) => {
    expect(physicalIn(css)).toHaveLength(1);
  });

  it.each([
    '.a { inset-inline-end: 0; margin-inline-start: 4px; text-align: end; }',
    '.a { padding: 1px 2px 3px; margin: 1px calc((2px + 1px) * 2); }',
    '.copyright { color: red; } /* left: 0 */',
  ])('takes %s', (css) => {
    expect(physicalIn(css)).toEqual([]);
  });
});
