/** Filling the site's bucket: what is old goes, in this bucket only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { publishInto } from '../../../lib/local/site/publication.ts';
import { BUCKET, OTHER_BUCKET, startBucket, type BucketFixture } from '../fixtures/bucket.ts';

let bucket: BucketFixture;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());

const fileOf = (key: string, text: string) => ({
  key,
  body: Buffer.from(text),
  contentType: 'text/plain',
  cacheControl: 'no-cache',
});

const publish = (...keys: string[]) =>
  publishInto(bucket.store, OTHER_BUCKET, async (put) => {
    await Promise.all(keys.map((key) => put(fileOf(key, `text of ${key}`))));
  });
const keys = () => bucket.store.list(OTHER_BUCKET).map(({ key }) => key);

describe('a local publication', () => {
  it('stores each file with its type and how long it may be kept', async () => {
    await publish('index.html', 'assets/a.js');
    expect(keys()).toEqual(['assets/a.js', 'index.html']);
    const place = { bucket: OTHER_BUCKET, key: 'index.html' };
    expect(bucket.store.get(place)).toMatchObject({
      size: 18,
      headers: { 'content-type': 'text/plain', 'cache-control': 'no-cache' },
    });
  });

  it('takes away what is not of it, and nothing of other buckets', async () => {
    const place = { bucket: BUCKET, key: 'rooms/file' };
    await bucket.store.put(place, { source: bodyOf('kept'), headers: {} });
    await publish('index.html', 'assets/b.js');
    expect(keys()).toEqual(['assets/b.js', 'index.html']);
    expect(bucket.store.get(place)).toBeDefined();
  });

  it('leaves everything as it was where it fails', async () => {
    const failing = publishInto(bucket.store, OTHER_BUCKET, async (put) => {
      await put(fileOf('assets/c.js', 'new'));
      throw new Error('The build failed.');
    });
    await expect(failing).rejects.toThrow('The build failed.');
    expect(keys()).toContain('assets/b.js');
  });
});

async function* bodyOf(text: string) {
  yield Buffer.from(text);
}
