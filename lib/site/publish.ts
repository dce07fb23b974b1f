/** Publishing a site: its files in an order in which nobody finds a page without its parts. */
import { phasesOf, siteFile, type SiteFile } from './files.ts';

/** Stores one file. */
export type PutFile = (file: SiteFile) => Promise<unknown>;

/** What `config.json` says; paths are of the site's own origin. */
export interface StageConfig {
  readonly api: string;
  readonly socket: string;
  readonly tokenUrl?: string;
  readonly signInUrl?: string;
  readonly local?: true;
}

/** Uploads at once. */
const LANES = 8;

/** What the stage has of its own: the same build serves every one. */
export function configFile(config: StageConfig): SiteFile {
  return siteFile('config.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`));
}

/**
 * Stores all files; what is there of an older site stays, for the pages that are open.
 * @throws whatever `put` threw first; the files that name others are not stored then
 */
export async function publish(files: readonly SiteFile[], put: PutFile): Promise<void> {
  for (const phase of phasesOf(files)) {
    const waiting = phase.values();
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (const file of waiting) await put(file);
      }),
    );
  }
}
