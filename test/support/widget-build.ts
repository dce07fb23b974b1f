/** The widget as it is published, built into a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

/** The files by name; `widget.js` is the one that a page names. */
export type WidgetBuild = ReadonlyMap<string, string>;

/** Builds it in a process of its own: the test runner's environment would make it a development build. */
export async function buildWidget(): Promise<WidgetBuild> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-widget-'));
  try {
    const vite = path.join(root, 'node_modules/vite/bin/vite.js');
    const config = path.join(root, 'web/widget/vite.config.ts');
    await run(process.execPath, [vite, 'build', '-c', config, '--outDir', folder], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const names = await readdir(folder);
    const read = async (name: string) =>
      [name, await readFile(path.join(folder, name), 'utf8')] as const;
    return new Map(await Promise.all(names.map(read)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
