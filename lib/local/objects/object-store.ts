/** Objects on disk: a body that never changes, and beside it what is said of it; a key leads to the latest. */
import { createHash, randomUUID, type Hash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  constants,
  createWriteStream,
} from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { jsonOf, numberOf, textOf } from '../json.ts';
import type { Clock } from '../model.ts';

/** What is said of an object: headers in lower case, `content-type` and `x-amz-meta-…`. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** The body's MD5 in hex, without quotes. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly headers: ObjectHeaders;
  /** The name of its body's file. */
  readonly body: string;
}

/** Where an object stands. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** A body on its way in. Rejecting what a chunk makes of it leaves nothing behind. */
export interface IncomingBody {
  readonly source: Readable | AsyncIterable<Buffer>;
  readonly headers: ObjectHeaders;
  /** Called when all is there and nothing is stored yet; it throws to refuse. */
  readonly check?: (body: { readonly size: number; readonly sha256: string }) => void;
}

/** The part of a body that is wanted; both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The objects of all buckets. */
export interface ObjectStore {
  get(place: ObjectPlace): StoredObject | undefined;
  /** All objects of a bucket, by key. */
  list(bucket: string): readonly StoredObject[];
  /** Reads a body, also when the object is replaced meanwhile. */
  read(object: StoredObject, range: ByteRange): Readable;
  put(place: ObjectPlace, body: IncomingBody): Promise<StoredObject>;
  /** A new object with the body of an old one. */
  copy(from: StoredObject, to: ObjectPlace, headers: ObjectHeaders): StoredObject;
  /** Whether there was one. */
  delete(place: ObjectPlace): boolean;
}

/** Opens the objects in a folder, which is made where it is missing. */
export function openObjectStore(folder: string, clock: Clock): ObjectStore {
  mkdirSync(folder, { recursive: true });
  const objects = new Map(readAll(folder).map((it) => [idOf(it), it]));
  const pathOf = (name: string) => path.join(folder, name);

  /** The old one is there until the new one is, also if the process ends in between. */
  const store = (object: StoredObject): StoredObject => {
    const id = idOf(object);
    const old = objects.get(id);
    writeFileSync(pathOf(`${id}.new`), JSON.stringify(object));
    renameSync(pathOf(`${id}.new`), pathOf(`${id}.json`));
    objects.set(id, object);
    if (old) rmSync(pathOf(old.body), { force: true });
    return object;
  };
  return {
    get: (place) => objects.get(idOf(place)),
    list: (bucket) =>
      [...objects.values()]
        .filter((it) => it.bucket === bucket)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    // The file is opened at once: whoever replaces the object only takes its name away.
    read: ({ body }, { start, end }) =>
      createReadStream('', { fd: openSync(pathOf(body), 'r'), start, end }),
    async put({ bucket, key }, { source, headers, check }) {
      const body = `${randomUUID()}.body`;
      try {
        const { size, etag, sha256 } = await write(source, pathOf(body));
        check?.({ size, sha256 });
        return store({ bucket, key, size, etag, lastModified: clock.now(), headers, body });
      } catch (error) {
        rmSync(pathOf(body), { force: true });
        throw error;
      }
    },
    copy({ size, etag, body: from }, { bucket, key }, headers) {
      const body = `${randomUUID()}.body`;
      copyFileSync(pathOf(from), pathOf(body), constants.COPYFILE_FICLONE);
      return store({ bucket, key, size, etag, lastModified: clock.now(), headers, body });
    },
    delete(place) {
      const id = idOf(place);
      const object = objects.get(id);
      if (!object) return false;
      objects.delete(id);
      rmSync(pathOf(`${id}.json`), { force: true });
      rmSync(pathOf(object.body), { force: true });
      return true;
    },
  };
}

/** A file's name that no key can break out of. */
function idOf({ bucket, key }: ObjectPlace): string {
  return createHash('sha256').update(`${bucket}\0${key}`).digest('hex');
}

async function write(source: IncomingBody['source'], file: string) {
  const hashes = { md5: createHash('md5'), sha256: createHash('sha256') };
  let size = 0;
  await pipeline(
    source,
    async function* measure(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        for (const hash of Object.values<Hash>(hashes)) hash.update(chunk);
        yield chunk;
      }
    },
    // Opened at once: a body that ends before its file is open would leave it behind.
    createWriteStream('', { fd: openSync(file, 'w') }),
  );
  return { size, etag: hashes.md5.digest('hex'), sha256: hashes.sha256.digest('hex') };
}

function readAll(folder: string): readonly StoredObject[] {
  const files = readdirSync(folder);
  const kept = files
    .filter((it) => it.endsWith('.json'))
    .map((it) => readOne(path.join(folder, it)));
  const bodies = new Set(kept.map(({ body }) => body));
  // What a process that died was writing.
  for (const file of files) {
    if (!file.endsWith('.json') && !bodies.has(file)) rmSync(path.join(folder, file));
  }
  return kept;
}

function readOne(file: string): StoredObject {
  const kept = jsonOf(JSON.parse(readFileSync(file, 'utf8')));
  const headers = Object.entries(jsonOf(kept['headers'])).map(([name, it]) => [name, textOf(it)]);
  return {
    bucket: textOf(kept['bucket']),
    key: textOf(kept['key']),
    size: numberOf(kept['size'], 0),
    etag: textOf(kept['etag']),
    lastModified: numberOf(kept['lastModified'], 0),
    headers: Object.fromEntries(headers),
    body: textOf(kept['body']),
  };
}
