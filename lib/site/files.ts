/** The files of a built site: what they are, how long they may be kept, and in which order they are published. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file as it is published. */
export interface SiteFile {
  /** Its path within the site, without a slash before it. */
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Its name changes with its content, so nobody ever needs to ask again. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Browsers ask each time whether it changed; the edge asks once a minute. */
const ALWAYS_ASK = 'public, max-age=0, s-maxage=60';
/** Named by other people's pages, which should not wait for it at every view. */
const FIVE_MINUTES = 'public, max-age=300, s-maxage=60';
const ONE_HOUR = 'public, max-age=3600, s-maxage=60';

/** Vite's names: eight characters of a hash before the ending. */
const HASHED = /^(?:assets\/|widget\/parley-).*-[\w-]{8}\.\w+$/u;
/** Everything else may be named in one of these. */
const ENTRIES = /(?:\.html|^widget\/widget\.js|^config\.json)$/u;

const TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A path and its bytes, as they are to be published. @throws Error for a file whose type nobody knows */
export function siteFile(key: string, body: Buffer): SiteFile {
  const contentType = TYPES[path.posix.extname(key)];
  if (contentType === undefined) {
    throw new Error(`${key}: of which type is it? Add it to lib/site/files.ts.`);
  }
  return { key, body, contentType, cacheControl: cacheControlOf(key) };
}

/**
 * All files of a built site, those first that others name.
 * @param folder what `buildSite` answered
 */
export function filesIn(folder: string): readonly SiteFile[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => path.join(it.parentPath, it.name))
    .filter((file) => !path.relative(folder, file).startsWith('.'))
    .map((file) => siteFile(keyOf(folder, file), readFileSync(file)));
}

/**
 * In phases: a phase names only what is in those before it, so that whoever comes in between finds everything.
 */
export function phasesOf(files: readonly SiteFile[]): readonly (readonly SiteFile[])[] {
  const phaseOf = ({ key }: SiteFile) => (HASHED.test(key) ? 0 : ENTRIES.test(key) ? 2 : 1);
  return [0, 1, 2].map((phase) => files.filter((file) => phaseOf(file) === phase));
}

function keyOf(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}

function cacheControlOf(key: string): string {
  if (HASHED.test(key)) return IMMUTABLE;
  if (key === 'widget/widget.js') return FIVE_MINUTES;
  return ENTRIES.test(key) ? ALWAYS_ASK : ONE_HOUR;
}
