/** The files of a site: their types, how long they may be kept, and their order. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { filesIn, phasesOf, siteFile } from '../../lib/site/files.ts';

const fileOf = (key: string) => siteFile(key, Buffer.from('x'));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(...keys: string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-files-'));
  folders.push(folder);
  for (const key of keys) {
    mkdirSync(path.join(folder, path.dirname(key)), { recursive: true });
    writeFileSync(path.join(folder, key), `the text of ${key}`);
  }
  return folder;
}

const YEAR = 'public, max-age=31536000, immutable';
const ASK = 'public, max-age=0, s-maxage=60';

describe('a file of the site', () => {
  it.each([
    ['assets/index-BQpA7SqW.css', YEAR],
    ['assets/Inbox-D_jP-vE0.js', YEAR],
    ['widget/parley-panel-DQ0XwItr.js', YEAR],
    ['widget/widget.js', 'public, max-age=300, s-maxage=60'],
    ['index.html', ASK],
    ['widget/example.html', ASK],
    ['widget/example-settings.html', ASK],
    ['config.json', ASK],
    ['favicon.svg', 'public, max-age=3600, s-maxage=60'],
    ['products/blue-bowl/1.svg', 'public, max-age=3600, s-maxage=60'],
    ['products/tall-vase/picture-12345678.png', 'public, max-age=3600, s-maxage=60'],
    ['widget/something-12345678.js', 'public, max-age=3600, s-maxage=60'],
  ])('%s may be kept: %s', (key, cacheControl) => {
    expect(fileOf(key).cacheControl).toBe(cacheControl);
  });

  it.each([
    ['a.html', 'text/html; charset=utf-8'],
    ['a.js', 'text/javascript; charset=utf-8'],
    ['a.css', 'text/css; charset=utf-8'],
    ['a.svg', 'image/svg+xml'],
    ['a.json', 'application/json'],
    ['a.mp3', 'audio/mpeg'],
  ])('%s is %s', (key, contentType) => {
    expect(fileOf(key).contentType).toBe(contentType);
  });

  it('of a type that nobody knows is an error: nosniff forbids to guess', () => {
    expect(() => fileOf('LICENSE')).toThrow(/^LICENSE: of which type/u);
    expect(() => fileOf('a.exe')).toThrow(/^a\.exe: of which type/u);
  });
});

describe('the files of a built site', () => {
  it('are all in it but what the bundler noted for itself', () => {
    const folder = folderWith('index.html', 'assets/a-12345678.js', '.vite/manifest.json');
    expect(filesIn(folder).map(({ key, body }) => [key, body.toString()])).toEqual(
      expect.arrayContaining([
        ['index.html', 'the text of index.html'],
        ['assets/a-12345678.js', 'the text of assets/a-12345678.js'],
      ]),
    );
    expect(filesIn(folder)).toHaveLength(2);
  });

  it('come in phases: parts, then pictures, then what names them', () => {
    const keys = [
      'config.json',
      'index.html',
      'assets/a-12345678.js',
      'favicon.svg',
      'widget/widget.js',
      'widget/parley-panel-12345678.js',
    ];
    expect(phasesOf(keys.map(fileOf)).map((phase) => phase.map(({ key }) => key))).toEqual([
      ['assets/a-12345678.js', 'widget/parley-panel-12345678.js'],
      ['favicon.svg'],
      ['config.json', 'index.html', 'widget/widget.js'],
    ]);
  });
});
