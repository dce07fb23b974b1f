/** For the build: takes out of the stylesheets what no part of the opened chat could ever show. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

/** What the modules of a build draw and ask for. */
export interface Drawn {
  readonly classes: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  /** Custom properties that somebody reads, with their dashes. */
  readonly tokens: ReadonlySet<string>;
}

/** Leaves in every inlined stylesheet only what some module reachable from `entry` can show; `left` tells the modules that the build leaves out. */
export function cssOfParts(entry: string, left: RegExp): Plugin {
  let drawn: Drawn | null = null;
  return {
    name: 'parley:css-of-parts',
    // before the stylesheet becomes a module
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.css?inline')) return null;
      drawn ??= drawnBy(sourcesFrom(entry, left));
      return { code: pruneCss(code, drawn), map: null };
    },
  };
}

/**
 * The stylesheet without the rules that need a class or an element which nothing draws, and without the tokens that nothing reads.
 * Of `bubble--own` only `bubble` need be there: what follows is often made of parts.
 */
export function pruneCss(css: string, { classes, tags, tokens }: Drawn): string {
  const isNamed = (part: string) => classes.has(part) || classes.has(part.split('--')[0] ?? '');
  const isWanted = (selector: string) =>
    [...selector.matchAll(/\.(-?[a-z_][\w-]*)/giu)].every(([, name = '']) => isNamed(name)) &&
    tagsOf(selector).every((tag) => tags.has(tag));
  return blocksOf(css.replaceAll(/\/\*[\s\S]*?\*\//gu, ''))
    .map(({ head, body }) => {
      if (/^@(?:media|supports|layer|container)/u.test(head)) {
        const inside = pruneCss(body, { classes, tags, tokens });
        return inside.trim() === '' ? '' : `${head}{${inside}}`;
      }
      if (head.startsWith('@')) return `${head}{${body}}`;
      const wanted = splitSelectors(head).filter(isWanted);
      const read = head === ':root' ? body.replaceAll(TOKEN, keepIn(tokens)) : body;
      return wanted.length === 0 ? '' : `${wanted.join(',')}{${read}}`;
    })
    .join('');
}

/** The elements that a selector names outside of any bracket. */
function tagsOf(selector: string): string[] {
  const plain = selector.replaceAll(/\([^)]*\)|\[[^\]]*\]|::?[\w-]+/gu, '');
  return [...plain.matchAll(/(?<=^|[\s>+~])[a-z][a-z\d]*/gu)].map(([tag]) => tag);
}

/** A custom property's declaration. */
const TOKEN = /\s*(--[\w-]+):[^;]*;/gu;

function keepIn(tokens: ReadonlySet<string>) {
  return (declaration: string, name: string) => (tokens.has(name) ? declaration : '');
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

/** An element stands in JSX, or alone in a text. */
const TAGS = /(?<=<)[a-z][a-z\d]*(?=[\s/>])|(?<=')[a-z][a-z\d]*(?=')/gu;

function drawnBy(sources: ReadonlyMap<string, string>): Drawn {
  const drawing = [...sources].filter(([file]) => !file.includes('/lib/'));
  const code = drawing.map(([, source]) => source.replaceAll(COMMENTS, '')).join('\n');
  const texts = TEXTS.flatMap((text) => code.match(text) ?? []);
  const sheets = drawing.flatMap(([file, source]) =>
    [...source.matchAll(/from '(\.[^']+\.css)\?inline'/gu)].map(([, sheet = '']) =>
      readFileSync(path.resolve(path.dirname(file), sheet), 'utf8'),
    ),
  );
  return {
    classes: new Set(texts.join('\n').match(/[a-z_][\w]*(?:-+\w+)*/giu)),
    tags: new Set(code.match(TAGS)),
    tokens: new Set([code, ...sheets].join('\n').match(/(?<=var\()--[\w-]+/gu)),
  };
}
