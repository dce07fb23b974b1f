/** The project's source as the architecture test sees it: files, imports, functions, comments. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseSync, Visitor } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** The subpath imports of package.json, by their prefix. */
const SUBPATHS: Record<string, string> = {
  '#protocol/': 'lib/protocol/',
  '#client/': 'lib/client/',
  '#core/': 'functions/core/',
  '#store/': 'functions/store/',
  '#runtime/': 'functions/runtime/',
};

/** One import of a file: a path from the root for our own files, the bare name for packages. */
export interface ImportEdge {
  readonly target: string;
  readonly isOwn: boolean;
  readonly isTypeOnly: boolean;
}

export interface SourceFunction {
  readonly name: string;
  readonly lines: number;
  readonly parameters: number;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly commentLines: number;
  readonly imports: readonly ImportEdge[];
  readonly functions: readonly SourceFunction[];
  /** True where every statement hands on what another file exports. */
  readonly isBarrel: boolean;
}

/** Reads every TypeScript file under the given patterns. */
export function readSources(patterns: readonly string[]): SourceFile[] {
  return globSync([...patterns], { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.includes('node_modules/') && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => parseSource(file, readFileSync(path.join(root, file), 'utf8')));
}

/** One file's facts, from its text. */
export function parseSource(file: string, text: string): SourceFile {
  const { program, comments } = parseSync(file, text);
  const lineOf = lineFinder(text);
  const imports: ImportEdge[] = [];
  const functions: SourceFunction[] = [];
  const names = new Map<number, string>();
  const addImport = (specifier: string, isTypeOnly: boolean) =>
    imports.push(resolveImport(file, specifier, isTypeOnly));
  const addFunction = (node: Ranged & { params: unknown[] }) =>
    functions.push({
      name: names.get(node.start) ?? `line ${lineOf(node.start)}`,
      lines: lineOf(node.end) - lineOf(node.start) + 1,
      parameters: node.params.length,
    });
  new Visitor({
    ImportDeclaration: (node) => addImport(node.source.value, isTypeOnlyImport(node)),
    ExportNamedDeclaration: (node) => {
      if (node.source) addImport(node.source.value, node.exportKind === 'type');
    },
    ExportAllDeclaration: (node) => addImport(node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') addImport(String(node.source.value), false);
    },
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier' && node.init) names.set(node.init.start, node.id.name);
    },
    MethodDefinition: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value.start, node.key.name);
    },
    FunctionDeclaration: (node) => {
      if (node.id) names.set(node.start, node.id.name);
      addFunction(node);
    },
    FunctionExpression: addFunction,
    ArrowFunctionExpression: addFunction,
  }).visit(program);
  return {
    path: file,
    text,
    lines: text.trimEnd().split('\n').length,
    commentLines: comments.reduce(
      (sum, { start, end }) => sum + lineOf(end) - lineOf(start) + 1,
      0,
    ),
    imports,
    functions,
    isBarrel:
      program.body.length > 0 &&
      program.body.every(
        (node) =>
          node.type === 'ExportAllDeclaration' ||
          (node.type === 'ExportNamedDeclaration' && node.source !== null),
      ),
  };
}

interface Ranged {
  start: number;
  end: number;
}

function isTypeOnlyImport(node: {
  importKind?: string | undefined;
  specifiers: readonly { type: string; importKind?: string | undefined }[];
}): boolean {
  if (node.importKind === 'type') return true;
  return node.specifiers.length > 0 && node.specifiers.every((it) => it.importKind === 'type');
}

function resolveImport(file: string, specifier: string, isTypeOnly: boolean): ImportEdge {
  const bare = specifier.replace(/\?.*$/u, '');
  for (const [prefix, folder] of Object.entries(SUBPATHS)) {
    if (bare.startsWith(prefix)) {
      return { target: folder + bare.slice(prefix.length), isOwn: true, isTypeOnly };
    }
  }
  if (!bare.startsWith('.')) return { target: bare, isOwn: false, isTypeOnly };
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), bare));
  return { target, isOwn: true, isTypeOnly };
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let index = 0; index < text.length; index++)
    if (text[index] === '\n') starts.push(index + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
