/** The functions' code: every handler bundled by one call of esbuild into a folder of its own. */
import { join } from 'node:path';

import { build } from 'esbuild';

/** Every handler, named by its place under `functions/`. */
export const HANDLERS = [
  'socket/authorizer',
  'socket/connect',
  'socket/disconnect',
  'socket/frame',
  'http/rooms',
  'http/messages',
  'http/public',
  'stream/messages',
  'stream/connections',
] as const;

/** A handler's name: `socket/frame` is `functions/socket/frame.ts`. */
export type HandlerName = (typeof HANDLERS)[number];

/** The folder of each handler's bundle. */
export type Bundles = Readonly<Record<HandlerName, string>>;

/** Where the code is and where its bundles go; both absolute. */
export interface BundleFolders {
  /** The project's root, the folder that holds `functions/`. */
  readonly root: string;
  readonly out: string;
}

/**
 * Bundles all handlers.
 * @throws BuildFailure of esbuild with every error it found, after having printed them
 */
export async function bundleHandlers({ root, out }: BundleFolders): Promise<Bundles> {
  const folderOf = (name: HandlerName) => name.replace('/', '-');
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      HANDLERS.map((name) => [`${folderOf(name)}/index`, `functions/${name}.ts`]),
    ),
    outdir: out,
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
  });
  const folders = HANDLERS.map((name) => [name, join(out, folderOf(name))] as const);
  return Object.fromEntries(folders) as Record<HandlerName, string>;
}
