/** The architecture as checks: who may import whom, no cycles, and the size budgets that keep files readable. */
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  type ImportEdge,
  parseSource,
  readSources,
  type SourceFile,
} from './support/source-tree.ts';

const sources = readSources([
  'bin/**/*.ts',
  'lib/**/*.ts',
  'functions/**/*.ts',
  'web/**/*.{ts,tsx}',
]);
const tests = readSources(['test/**/*.{ts,tsx}']);

/** A part of the project: the folder it is, and what its files may import, as path prefixes or package names. */
interface Part {
  readonly folder: string;
  readonly own: readonly string[];
  readonly packages: readonly (string | RegExp)[];
  /** What may be imported as types only. */
  readonly types?: readonly string[];
}

const NODE = /^node:/u;

/** What every app of the web may build on; the popup is shared by the widget and the React components. */
const SHARED_BY_APPS = [
  'web/chat/',
  'web/ui/',
  'web/words/',
  'web/popup/',
  'web/react/',
  'web/demo/',
];

/** The first part whose folder matches a file governs it: exceptions stand before their folder. */
const PARTS: readonly Part[] = [
  { folder: 'lib/protocol/', own: ['lib/protocol/'], packages: ['zod/mini'] },
  { folder: 'lib/client/', own: ['lib/client/', 'lib/protocol/'], packages: [] },
  {
    folder: 'functions/core/',
    own: ['functions/core/', 'lib/protocol/'],
    packages: ['node:crypto', /^temporal-polyfill\/fns\//u],
  },
  {
    folder: 'functions/store/',
    own: ['functions/store/', 'functions/core/', 'lib/protocol/'],
    packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  },
  {
    folder: 'functions/runtime/compose.ts',
    own: ['functions/runtime/', 'functions/store/', 'functions/core/', 'lib/protocol/'],
    packages: [NODE],
  },
  {
    folder: 'functions/runtime/',
    own: ['functions/runtime/', 'functions/core/', 'lib/protocol/'],
    packages: [
      NODE,
      'aws-lambda',
      'aws-jwt-verify',
      /^aws-jwt-verify\//u,
      /^@middy\//u,
      /^@aws-lambda-powertools\//u,
      '@aws-sdk/client-apigatewaymanagementapi',
      '@aws-sdk/client-s3',
      '@aws-sdk/s3-presigned-post',
      '@aws-sdk/s3-request-presigner',
      /^image-size\/types\//u,
      '@aws-sdk/client-eventbridge',
      '@aws-sdk/client-sqs',
      /^@smithy\//u,
    ],
  },
  ...['socket', 'http', 'stream'].map((group) => ({
    folder: `functions/${group}/`,
    own: ['functions/runtime/', 'functions/core/', 'lib/protocol/'],
    packages: ['aws-lambda'],
  })),
  {
    folder: 'lib/infra/',
    own: ['lib/infra/', 'lib/protocol/limits.ts'],
    packages: [NODE, 'constructs', /^aws-cdk-lib/u, 'cdk-nag', 'esbuild'],
    types: ['functions/runtime/env.ts', 'lib/protocol/events.ts'],
  },
  {
    folder: 'lib/local/',
    own: ['lib/local/', 'lib/builds/', 'lib/protocol/limits.ts', 'lib/protocol/close-codes.ts'],
    packages: [NODE, 'ws', 'jose', 'busboy', /^@aws-sdk\/client-dynamodb/u],
  },
  {
    folder: 'lib/redrive/',
    own: ['lib/redrive/'],
    packages: [
      NODE,
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-dynamodb-streams',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-sqs',
    ],
  },
  { folder: 'lib/supply/', own: ['lib/supply/'], packages: [NODE] },
  { folder: 'lib/builds/', own: [], packages: [NODE] },
  {
    folder: 'lib/site/',
    own: ['lib/site/', 'lib/builds/'],
    packages: [NODE, '@aws-sdk/client-s3'],
  },
  {
    folder: 'web/widget/vite.config.ts',
    own: ['web/widget/bundle'],
    packages: [NODE, 'vite'],
  },
  { folder: 'web/widget/bundle', own: [], packages: [NODE, 'vite'] },
  { folder: 'web/widget/react.ts', own: [], packages: ['preact', 'preact/hooks'] },
  { folder: 'web/vite.config.ts', own: [], packages: [NODE, 'vite', '@vitejs/plugin-react'] },
  { folder: 'web/react/vite.config.ts', own: ['web/react/'], packages: [NODE, 'vite'] },
  // a part of the build of the components
  { folder: 'web/react/scope-css.ts', own: [], packages: ['vite'] },
  { folder: 'web/react/declarations.ts', own: [], packages: [NODE, 'vite'] },
  {
    folder: 'web/chat/',
    own: ['web/chat/', 'lib/client/', 'lib/protocol/'],
    packages: ['react'],
  },
  { folder: 'web/ui/', own: ['web/ui/'], packages: ['react', /^emojibase-data\//u] },
  {
    folder: 'web/words/',
    own: ['web/words/', 'web/ui/text/'],
    packages: ['react'],
    types: ['web/ui/', 'lib/protocol/'],
  },
  // the popup of the widget and of the React components; then the apps, which never import one another
  ...['popup', 'react', 'storefront', 'inbox', 'widget', 'admin'].map((app) => ({
    folder: `web/${app}/`,
    own: [`web/${app}/`, ...SHARED_BY_APPS, 'lib/protocol/errors.ts', 'lib/protocol/limits.ts'],
    packages: ['react', 'react-dom', 'react-dom/client', ...(app === 'inbox' ? ['virtua'] : [])],
    types: ['lib/client/', 'lib/protocol/'],
  })),
  { folder: 'web/', own: ['web/'], packages: ['react', 'react-dom', 'react-dom/client'] },
  // the runner of the tests may know what they leave behind
  { folder: 'bin/test.ts', own: ['test/support/right-usage.ts'], packages: [NODE] },
  { folder: 'bin/', own: ['lib/'], packages: [/./u] },
];

describe('the import table', () => {
  it.each(sources.map((file) => [file.path, file] as const))(
    '%s imports only what its part may',
    (_, file) => {
      const part = PARTS.find((candidate) => file.path.startsWith(candidate.folder));
      if (!part)
        throw new Error(`${file.path} belongs to no part: put it in one or add the part here.`);
      expect(
        file.imports.filter((edge) => !isAllowed(part, edge)).map((edge) => edge.target),
      ).toEqual([]);
    },
  );

  it('has no cycle of imports', () => {
    expect(findCycle(sources)).toEqual([]);
  });

  it('keeps the schema library out of what the client imports', () => {
    const reached = reach(
      sources,
      sources.filter((file) => file.path.startsWith('lib/client/')),
    );
    const offenders = reached.filter((file) =>
      file.imports.some((edge) => !edge.isTypeOnly && edge.target.startsWith('zod')),
    );
    expect(offenders.map((file) => file.path)).toEqual([]);
  });
});

describe('the size budgets', () => {
  it.each([...sources, ...tests].map((file) => [file.path, file.lines] as const))(
    '%s has at most 400 lines',
    (_, lines) => {
      expect(lines).toBeLessThanOrEqual(400);
    },
  );

  it('keeps the median file at 90 lines or fewer', () => {
    expect(median(sources.map((file) => file.lines))).toBeLessThanOrEqual(90);
  });

  it('keeps the median function at 10 lines or fewer', () => {
    const lengths = sources.flatMap((file) => file.functions.map((it) => it.lines));
    expect(median(lengths)).toBeLessThanOrEqual(10);
  });

  it('keeps functions at 60 lines, constructors of constructs and components at 80', () => {
    const long = sources.flatMap((file) =>
      file.functions
        .filter((it) => it.lines > (mayBeLonger(file, it.name) ? 80 : 60))
        .map((it) => `${file.path} ${it.name}: ${it.lines} lines`),
    );
    expect(long).toEqual([]);
  });

  it('keeps parameters at three or fewer', () => {
    const wide = sources.flatMap((file) =>
      file.functions.filter((it) => it.parameters > 3).map((it) => `${file.path} ${it.name}`),
    );
    expect(wide).toEqual([]);
  });

  it('keeps every folder readable in one ls: at most 15 files', () => {
    const counts = Map.groupBy(sources, (file) => path.posix.dirname(file.path));
    const crowded = [...counts].filter(([, files]) => files.length > 15).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });

  it('explains itself: every file begins with a sentence, and 10 to 18 percent of the lines are comments', () => {
    expect(
      sources.filter((file) => !/^(#!.*\n)?\/\*\*/u.test(file.text)).map((file) => file.path),
    ).toEqual([]);
    const share =
      sum(sources.map((file) => file.commentLines)) / sum(sources.map((file) => file.lines));
    expect(share).toBeGreaterThanOrEqual(0.1);
    expect(share).toBeLessThanOrEqual(0.18);
  });
});

describe('the habits', () => {
  it('has no barrel', () => {
    expect(sources.filter((file) => file.isBarrel).map((file) => file.path)).toEqual([]);
  });

  it('reads the environment of the functions in one file', () => {
    expect(matching('functions/', /process\.env/u, ['functions/runtime/env.ts'])).toEqual([]);
  });

  it('injects time and chance into the domain and the client', () => {
    const direct = /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(|\bsetTimeout\(/u;
    expect(matching('functions/core/', direct)).toEqual([]);
    expect(matching('lib/client/', direct, ['lib/client/ports.ts'])).toEqual([]);
  });

  it('loads the client of S3 with the first file, and not when a function starts', () => {
    const atStart =
      /^import (?!type\b)[^;]*from '(?:@aws-sdk\/client-s3|\.\/s3\.ts|[^']*\/signing\.ts)'/mu;
    const signing = ['functions/runtime/objects/signing.ts', 'functions/http/attachments.ts'];
    expect(
      matching('functions/', atStart, [...signing, 'functions/runtime/objects/s3.ts']),
    ).toEqual([]);
    expect(matching('functions/', atStart)).toHaveLength(3);
  });

  it('never scans a table', () => {
    expect(matching('functions/', /\bScanCommand\b|\bscan\(/u)).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('see imports, functions and barrels', () => {
    const file = parseSource(
      'lib/x/a.ts',
      "/** a */\nimport { type B } from './b.ts';\nimport c from '#core/c.ts';\nconst f = (x: number) => {\n  return x;\n};",
    );
    expect(file.imports).toEqual([
      { target: 'lib/x/b.ts', isOwn: true, isTypeOnly: true },
      { target: 'functions/core/c.ts', isOwn: true, isTypeOnly: false },
    ]);
    expect(file.functions).toEqual([{ name: 'f', lines: 3, parameters: 1 }]);
    expect(parseSource('lib/x/i.ts', "export * from './a.ts';").isBarrel).toBe(true);
  });

  it('see a cycle', () => {
    const a = parseSource('lib/x/a.ts', "import './b.ts';");
    const b = parseSource('lib/x/b.ts', "import './a.ts';");
    expect(findCycle([a, b])).toEqual(['lib/x/a.ts', 'lib/x/b.ts', 'lib/x/a.ts']);
  });
});

function isAllowed(part: Part, edge: ImportEdge): boolean {
  if (!edge.isOwn) {
    return part.packages.some((it) =>
      typeof it === 'string' ? it === edge.target : it.test(edge.target),
    );
  }
  // Styles and pictures belong to the component that imports them.
  const own = edge.isTypeOnly ? [...part.own, ...(part.types ?? [])] : part.own;
  return own.some((prefix) => edge.target.startsWith(prefix));
}

function mayBeLonger(file: SourceFile, name: string): boolean {
  if (file.path.startsWith('lib/infra/')) return name === 'constructor';
  return file.path.endsWith('.tsx') && /^[A-Z]/u.test(name);
}

function matching(folder: string, pattern: RegExp, except: readonly string[] = []): string[] {
  return sources
    .filter(
      (file) =>
        file.path.startsWith(folder) && !except.includes(file.path) && pattern.test(file.text),
    )
    .map((file) => file.path);
}

function reach(all: readonly SourceFile[], from: readonly SourceFile[]): SourceFile[] {
  const byPath = new Map(all.map((file) => [file.path, file]));
  const seen = new Set(from);
  for (const file of seen) {
    for (const edge of file.imports) {
      const target = edge.isTypeOnly ? undefined : byPath.get(edge.target);
      if (target) seen.add(target);
    }
  }
  return [...seen];
}

/** A path of files that imports itself, or nothing. Type imports count: they couple readers too. */
function findCycle(all: readonly SourceFile[]): string[] {
  const byPath = new Map(all.map((file) => [file.path, file]));
  const done = new Set<string>();
  const walk = (file: SourceFile, trail: readonly string[]): string[] => {
    const at = trail.indexOf(file.path);
    if (at !== -1) return [...trail.slice(at), file.path];
    if (done.has(file.path)) return [];
    for (const edge of file.imports) {
      const target = byPath.get(edge.target);
      const cycle = target ? walk(target, [...trail, file.path]) : [];
      if (cycle.length > 0) return cycle;
    }
    done.add(file.path);
    return [];
  };
  for (const file of all) {
    const cycle = walk(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
