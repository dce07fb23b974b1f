/** Filling the site's bucket as a deployment does, and leaving nothing of an older one behind. */
import type { ObjectStore } from '../objects/object-store.ts';

/** A file on its way into the bucket. */
export interface PublishedFile {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Puts files, one after the other or many at once. */
export type Publish = (put: (file: PublishedFile) => Promise<void>) => Promise<void>;

/** On AWS what is old stays, for pages that are open; here it would pile up with every change. */
export async function publishInto(
  store: ObjectStore,
  bucket: string,
  publish: Publish,
): Promise<void> {
  const keys = new Set<string>();
  await publish(async ({ key, body, contentType, cacheControl }) => {
    keys.add(key);
    const headers = { 'content-type': contentType, 'cache-control': cacheControl };
    await store.put({ bucket, key }, { source: chunksOf(body), headers });
  });
  for (const { key } of store.list(bucket)) if (!keys.has(key)) store.delete({ bucket, key });
}

async function* chunksOf(body: Buffer) {
  yield body;
}
