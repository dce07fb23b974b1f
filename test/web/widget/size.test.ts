/** What the built widget weighs on the wire, by a real build: budgets that fail when they are exceeded. */
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { buildWidget, type WidgetBuild } from '../../support/widget-build.ts';

const KB = 1_024;

/** What comes when somebody wants it, and never by opening the chat and writing: each with a ceiling in bytes. */
const ON_DEMAND: Readonly<Record<string, number>> = {
  Attachments: 1.5 * KB,
  EmojiPicker: 3 * KB,
  MessageTools: 2 * KB,
  PictureViewer: 2 * KB,
  RefusedFiles: 0.75 * KB,
  RichText: 0.75 * KB,
  addresses: 0.5 * KB,
  changes: 1.25 * KB,
  // the names of all emoji in one language
  compact: 100 * KB,
  'content-types': KB,
  emoji: KB,
  'log-place': 1.25 * KB,
  seldom: 0.75 * KB,
  'recent-emoji': 0.5 * KB,
  'send-files': 1.25 * KB,
  // for the second tab of a person
  'shared-socket': 2 * KB,
  // comes by itself when the chat is there, for other tabs and other visits; `test/web/chat/session.test.ts` chats without it
  sharing: 2.75 * KB,
  uploads: 3.5 * KB,
  'use-seldom': 0.25 * KB,
  'use-sheet': 0.5 * KB,
};

let build: WidgetBuild;

const weigh = (name: string) => gzipSync(build.get(name) ?? '').length;
const sum = (names: Iterable<string>) => [...names].reduce((all, name) => all + weigh(name), 0);
/** `parley-chat-DPbc21OJ.js` is of the part `chat`. */
const partOf = (name: string) => /^parley-(.+)-[\w-]{8}\.js$/u.exec(name)?.[1] ?? name;
const filesOf = (part: string) => [...build.keys()].filter((name) => partOf(name) === part);

/** Files with everything that they load by themselves. */
function withImports(names: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const imports = (build.get(name) ?? '').matchAll(
      /\bfrom\s?"\.\/([^"]+)"|\bimport"\.\/([^"]+)"/gu,
    );
    withImports(
      [...imports].map(([, from, bare]) => from ?? bare ?? ''),
      seen,
    );
  }
  return seen;
}

/** The launcher, the chat, and the words of the heaviest language. */
function openedFiles(): ReadonlySet<string> {
  const heaviest = filesOf('customer').toSorted((a, b) => weigh(b) - weigh(a))[0] ?? '';
  return withImports(['widget.js', ...filesOf('door'), heaviest]);
}

beforeAll(async () => {
  build = await buildWidget();
  for (const name of openedFiles()) console.log(`opened: ${name}: ${weigh(name)} B gzip`);
  console.log(`opened, in all: ${sum(openedFiles())} B gzip`);
}, 60_000);

describe('the built widget', () => {
  it('has a launcher of 6 KB or less, which loads nothing by itself', () => {
    expect([...withImports(['widget.js'])]).toEqual(['widget.js']);
    expect(weigh('widget.js')).toBeLessThanOrEqual(6 * KB);
  });

  // It does not yet: this fails as soon as it does, and then becomes a plain test.
  it.fails('weighs 45 KB or less when it is open, in all', () => {
    expect(sum(openedFiles())).toBeLessThanOrEqual(45 * KB);
  });

  it('grows no further on its way there', () => {
    expect(sum(openedFiles())).toBeLessThanOrEqual(52.25 * KB);
  });

  it('speaks four languages, and loads one', () => {
    expect(filesOf('customer')).toHaveLength(4);
    expect([...openedFiles()].filter((name) => partOf(name) === 'customer')).toHaveLength(1);
  });

  it('loads nothing by opening that waits for a wish', () => {
    const opened = [...openedFiles()].map(partOf);
    expect(opened.filter((part) => part in ON_DEMAND)).toEqual([]);
  });

  it('has each part on demand under its ceiling, and none that is not named here', () => {
    const opened = new Set([...openedFiles()].map(partOf));
    const others = [...build.keys()].filter((name) => !opened.has(partOf(name)));
    const tooHeavy = others.filter((name) => weigh(name) > (ON_DEMAND[partOf(name)] ?? 0));
    expect(tooHeavy.map((name) => `${name}: ${weigh(name)} B`)).toEqual([]);
  });

  it('carries no React, and nothing that a strict policy forbids', () => {
    const all = [...build.values()].join('\n');
    const forbidden = ['eval(', 'new Function(', 'react.dev', '<style'];
    expect(forbidden.filter((text) => all.includes(text))).toEqual([]);
  });

  it('listens to nothing that React alone has under that name', () => {
    const names = /\bon(?:DoubleClick|Blur|MouseEnter|MouseLeave)(?=:)/gu;
    const heard = [...build.values()].flatMap((code) => code.match(names) ?? []);
    expect(heard).toEqual([]);
  });
});
