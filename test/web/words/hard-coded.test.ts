/** No component has words of its own: what people see or hear stands in the catalogues. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** The demo's people and products are data, in the language of whoever wrote them; an example is a marketplace's own page. */
const DATA = [
  'web/words/',
  'web/demo/',
  'web/storefront/catalogue.ts',
  'web/widget/example-react/',
];

/** Attributes that are read to people. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'label',
  'placeholder',
  'title',
]);

const SETTERS = new Set(['title', 'textContent', 'innerText', 'ariaLabel', 'placeholder', 'alt']);

const WORD = /\p{Letter}{2}/u;
/** The beginning of an address reads the same in every language. */
const ADDRESS = /\bhttps?:\/\/\S*/gu;

interface Node {
  type: string;
  value?: unknown;
  name?: unknown;
  expression?: Node;
  quasis?: { value: { raw: string } }[];
}

/** What a piece of source says to people in words of its own. */
function spokenIn(file: string, text: string): string[] {
  const found: string[] = [];
  const report = (words: unknown) => {
    if (typeof words === 'string' && WORD.test(words.replaceAll(ADDRESS, ''))) {
      found.push(words.trim());
    }
  };
  const reportValue = (node: Node | null | undefined) => {
    if (node?.type === 'Literal') report(node.value);
    if (node?.type === 'TemplateLiteral') {
      for (const { value } of node.quasis ?? []) report(value.raw);
    }
    if (node?.type === 'JSXExpressionContainer') reportValue(node.expression);
  };
  new Visitor({
    JSXText: (node) => report(node.value),
    JSXAttribute: (node) => {
      const isSpoken = node.name.type === 'JSXIdentifier' && SPOKEN.has(node.name.name);
      if (isSpoken) reportValue(node.value as Node | null);
    },
    JSXElement: (node) => {
      for (const child of node.children) {
        if (child.type === 'JSXExpressionContainer') reportValue(child.expression as Node);
      }
    },
    AssignmentExpression: ({ left, right }) => {
      if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') return;
      if (SETTERS.has(left.property.name)) reportValue(right as Node);
    },
    CallExpression: ({ callee, arguments: [name, value] }) => {
      const isSetting =
        callee.type === 'MemberExpression' &&
        'name' in callee.property &&
        callee.property.name === 'setAttribute';
      if (isSetting && name?.type === 'Literal' && SPOKEN.has(String(name.value))) {
        reportValue(value as Node);
      }
    },
  }).visit(parseSync(file, text).program);
  return found;
}

describe('the components', () => {
  const files = globSync('web/**/*.{ts,tsx}', { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !DATA.some((data) => file.startsWith(data)))
    .toSorted();

  it('are there', () => {
    expect(files.length).toBeGreaterThan(60);
  });

  it.each(files)('%s has no words of its own', (file) => {
    expect(spokenIn(file, readFileSync(path.join(root, file), 'utf8'))).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ['<p>Hello</p>', ['Hello']],
    ['<p>{"Hello"}</p>', ['Hello']],
    ['<p>{`Hello ${name}`}</p>', ['Hello']],
    ['<button aria-label="Close" className="close" />', ['Close']],
    ['<img alt={`Picture of ${name}`} />', ['Picture of']],
    ['document.title = "Inbox"', ['Inbox']],
    ['button.setAttribute("aria-label", "Close")', ['Close']],
    ['<p title={words.close} className="a">{words.hello} · 3</p>', []],
  ])('sees the words of %s', (source, words) => {
    expect(spokenIn('x.tsx', `export const x = () => ${source};`)).toEqual(words);
  });
});
