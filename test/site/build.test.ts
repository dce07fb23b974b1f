/** Building the site: once per state of its sources, never from an old one, and loudly where it fails. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildSite } from '../../lib/site/build.ts';

const NODE_MODULES = path.resolve('node_modules');

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parley-build-'));
  symlinkSync(NODE_MODULES, path.join(root, 'node_modules'));
  const config = (more: string) =>
    `export default { root: import.meta.dirname, logLevel: 'error', ${more} };`;
  write('web/vite.config.ts', config(''));
  write('web/index.html', '<script type="module" src="./main.ts"></script>');
  write('web/main.ts', "document.title = 'first';");
  const input = '`${import.meta.dirname}/widget.ts`';
  const output = "{ entryFileNames: 'widget.js' }";
  write(
    'web/widget/vite.config.ts',
    config(`build: { rollupOptions: { input: ${input}, output: ${output} } }`),
  );
  write('web/widget/widget.ts', "document.title = 'widget';");
});
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const scriptOf = (folder: string) => {
  const [name] = readdirSync(path.join(folder, 'assets'));
  return readFileSync(path.join(folder, 'assets', name ?? ''), 'utf8');
};
const drafts = () =>
  readdirSync(path.join(root, 'build/site')).filter((it) => it.startsWith('draft-'));

describe('building the site', { timeout: 60_000 }, () => {
  it('puts the web and the widget into one folder', async () => {
    const folder = await buildSite(root);
    expect(readdirSync(folder).toSorted()).toEqual(['assets', 'index.html', 'widget']);
    expect(scriptOf(folder)).toContain('first');
    expect(readFileSync(path.join(folder, 'widget/widget.js'), 'utf8')).toContain('widget');
    expect(drafts()).toEqual([]);
  });

  it('finds what was built from the same sources', async () => {
    const folder = await buildSite(root);
    const before = statSync(path.join(folder, 'index.html')).mtimeMs;
    expect(await buildSite(root)).toBe(folder);
    expect(statSync(path.join(folder, 'index.html')).mtimeMs).toBe(before);
  });

  it('builds what changed, also while it was being built', async () => {
    const old = await buildSite(root);
    write('web/main.ts', "document.title = 'second';");
    const building = buildSite(root);
    write('web/main.ts', "document.title = 'third';");
    const folder = await building;
    expect(folder).not.toBe(old);
    expect(scriptOf(folder)).toContain('third');
    expect(await buildSite(root)).toBe(folder);
  });

  it('is done once by two who build at the same time', async () => {
    write('web/main.ts', "document.title = 'fourth';");
    const [one, other] = await Promise.all([buildSite(root), buildSite(root)]);
    expect(one).toBe(other);
    expect(drafts()).toEqual([]);
  });

  it('says what the bundler said, and leaves nothing behind', async () => {
    write('web/main.ts', "import './missing.ts';");
    await expect(buildSite(root)).rejects.toThrow(
      /could not be built \(web\/vite\.config\.ts\):[^]*missing\.ts/u,
    );
    expect(drafts()).toEqual([]);
    write('web/main.ts', "document.title = 'fifth';");
    expect(existsSync(path.join(await buildSite(root), 'index.html'))).toBe(true);
  });
});
