/** For the build: takes out of the stylesheets what no part of the opened chat could ever show. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

/** Leaves in every inlined stylesheet only rules whose classes some module reachable from `entry` names; `left` tells the modules that the build leaves out. */
export function cssOfParts(entry: string, left: RegExp): Plugin {
  let names: ReadonlySet<string> | null = null;
  return {
    name: 'parley:css-of-parts',
    // before the stylesheet becomes a module
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.css?inline')) return null;
      names ??= namesIn(sourcesFrom(entry, left));
      return { code: pruneCss(code, names), map: null };
    },
  };
}

/**
 * The stylesheet without the rules that need a class which is not among the names. Of `bubble--own` only
 * `bubble` need be there: what follows is often made of parts.
 */
export function pruneCss(css: string, names: ReadonlySet<string>): string {
  const isNamed = (part: string) => names.has(part) || names.has(part.split('--')[0] ?? '');
  const isWanted = (selector: string) =>
    [...selector.matchAll(/\.(-?[a-z_][\w-]*)/giu)].every(([, name = '']) => isNamed(name));
  return blocksOf(css.replaceAll(/\/\*[\s\S]*?\*\//gu, ''))
    .map(({ head, body }) => {
      if (/^@(?:media|supports|layer|container)/u.test(head)) {
        const inside = pruneCss(body, names);
        return inside.trim() === '' ? '' : `${head}{${inside}}`;
      }
      if (head.startsWith('@')) return `${head}{${body}}`;
      const wanted = splitSelectors(head).filter(isWanted);
      return wanted.length === 0 ? '' : `${wanted.join(',')}{${body}}`;
    })
    .join('');
}

/** The blocks of one level: what stands before the brace, and what between. */
function blocksOf(css: string): { head: string; body: string }[] {
  const blocks: { head: string; body: string }[] = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (const { 0: brace, index } of css.matchAll(/[{}]/gu)) {
    if (brace === '{') {
      if (depth === 0) open = index;
      depth += 1;
      continue;
    }
    depth -= 1;
    if (depth > 0) continue;
    blocks.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, index) });
    start = index + 1;
  }
  return blocks;
}

/** At the commas that stand in no bracket: `:is(a, b)` is one. */
function splitSelectors(head: string): string[] {
  return head.split(/,(?![^(]*\))/u).map((selector) => selector.trim());
}

/** The sources that a module leads to, itself included; only what we wrote has classes of ours. */
function sourcesFrom(
  file: string,
  left: RegExp,
  seen = new Map<string, string>(),
): ReadonlyMap<string, string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  const source = readFileSync(file, 'utf8');
  seen.set(file, source);
  for (const [, target = ''] of source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.tsx?)'/gu)) {
    if (!left.test(target)) sourcesFrom(path.resolve(path.dirname(file), target), left, seen);
  }
  return seen;
}

/** A class stands in a text of the source, whole or as the beginning of a template; a text with a dot is a path. */
const TEXTS = [/'[^'.\n]*'/gu, /"[^"\n]*"/gu, /`[^`]*`/gu];
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu;

function namesIn(sources: ReadonlyMap<string, string>): ReadonlySet<string> {
  const drawing = [...sources].filter(([file]) => !file.includes('/lib/'));
  const texts = drawing
    .map(([, source]) => source.replaceAll(COMMENTS, ''))
    .flatMap((source) => TEXTS.flatMap((text) => source.match(text) ?? []));
  return new Set(texts.join('\n').match(/[a-z_][\w]*(?:-+\w+)*/giu));
}
