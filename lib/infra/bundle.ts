/** The functions' code: every handler bundled by esbuild into a folder of its own. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { build, type OutputFile } from 'esbuild';

/** Every handler, named by its place under `functions/`. */
export const HANDLERS = [
  'socket/authorizer',
  'socket/connect',
  'socket/disconnect',
  'socket/frame',
  'http/rooms',
  'http/messages',
  'http/attachments',
  'http/vendors',
  'http/admin',
  'http/public',
  'stream/messages',
  'stream/connections',
  'stream/reminders',
] as const;

/** A handler's name: `socket/frame` is `functions/socket/frame.ts`. */
export type HandlerName = (typeof HANDLERS)[number];

/** The folder that holds a handler's bundle: `index.mjs`, and what that imports only when it is needed. */
export type BundleOf = (handler: HandlerName) => string;

/** Where the code is and where its bundles go; both absolute. */
export interface BundleFolders {
  /** The project's root, the folder that holds `functions/`. */
  readonly root: string;
  readonly out: string;
  /** Hears which files went into a bundle, by their paths from the root. */
  readonly onBundled?: (handler: HandlerName, files: readonly string[]) => void;
}

/**
 * Bundles all handlers.
 * @throws BuildFailure of esbuild with every error it found, after having printed them
 */
export async function bundleHandlers(folders: BundleFolders): Promise<BundleOf> {
  // One after the other: esbuild keeps every core busy with each, and all at once take a gigabyte.
  for (const handler of HANDLERS) await bundle(handler, folders);
  return (handler) => join(folders.out, nameOf(handler));
}

async function bundle(handler: HandlerName, folders: BundleFolders): Promise<void> {
  const { root, out, onBundled } = folders;
  const folder = join(out, nameOf(handler));
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: `functions/${handler}.ts` },
    outdir: folder,
    // What is imported when it is needed is a file of its own, not even parsed before: a third of the init.
    splitting: true,
    chunkNames: '[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The SDK's ES modules can be shaken; its CommonJS is 200 KB and 15 ms of init larger.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
    write: false,
  });
  onBundled?.(handler, Object.keys(metafile.inputs));
  // The entry last: it is never there before what it imports.
  const byName = outputFiles.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const file of byName) writeIfChanged(file);
  const names = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const old of readdirSync(folder)) if (!names.has(old)) rmSync(join(folder, old));
}

function isEntry({ path }: OutputFile): boolean {
  return basename(path) === 'index.mjs';
}

/** `socket/frame` is bundled in the folder `socket-frame`. */
function nameOf(handler: HandlerName): string {
  return handler.replace('/', '-');
}

/** Puts a file in place at once: another synthesis may be reading it. */
function writeIfChanged({ path, contents }: OutputFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
