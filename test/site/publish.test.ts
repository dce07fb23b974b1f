/** Publishing: into a real bucket, in an order in which nobody finds a page without its parts. */
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openSiteBucket } from '../../lib/site/bucket.ts';
import { siteFile } from '../../lib/site/files.ts';
import { configFile, publish } from '../../lib/site/publish.ts';
import { parseConfig } from '../../web/config.ts';
import { BUCKET, startBucket, type BucketFixture } from '../local/fixtures/bucket.ts';
import { clientOptions } from '../local/fixtures/services.ts';

const KEYS = [
  'index.html',
  'widget/widget.js',
  'favicon.svg',
  ...Array.from({ length: 20 }, (_, count) => `assets/part${count}-12345678.js`),
];
const files = KEYS.map((key) => siteFile(key, Buffer.from(`text of ${key} ü`)));
const CONFIG = { api: 'https://api.example/v1', socket: 'wss://socket.example/prod' };

const isEntry = (key: string) => /\.html$|widget\.js$|config\.json$/u.test(key);

let bucket: BucketFixture;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());

describe('publishing', () => {
  it('stores every file with its type and how long it may be kept', async () => {
    const site = openSiteBucket(BUCKET, clientOptions(bucket.endpoint));
    await publish([...files, configFile(CONFIG)], site.put);
    site.close();
    expect(bucket.store.list(BUCKET).map(({ key }) => key)).toEqual(
      [...KEYS, 'config.json'].toSorted(),
    );
    const read = async (Key: string) => {
      const answer = await bucket.client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      return [answer.ContentType, answer.CacheControl, await answer.Body?.transformToString()];
    };
    expect(await read('index.html')).toEqual([
      'text/html; charset=utf-8',
      'public, max-age=0, s-maxage=60',
      'text of index.html ü',
    ]);
    expect(await read('assets/part0-12345678.js')).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
      'text of assets/part0-12345678.js ü',
    ]);
    const [type, , config] = await read('config.json');
    expect(type).toBe('application/json');
    expect(parseConfig(config ?? '', 'https://chat.example/')).toEqual(CONFIG);
  });

  it('keeps what an older site left, for the pages that are open', async () => {
    const site = openSiteBucket(BUCKET, clientOptions(bucket.endpoint));
    await publish([siteFile('assets/new-87654321.js', Buffer.from('new'))], site.put);
    site.close();
    const key = 'assets/part0-12345678.js';
    expect(bucket.store.get({ bucket: BUCKET, key })).toBeDefined();
  });

  it('begins with pages when every part is stored', async () => {
    const stored: string[] = [];
    const storedBeforeEntries: number[] = [];
    let inFlight = 0;
    let most = 0;
    await publish(files, async ({ key }) => {
      most = Math.max(most, (inFlight += 1));
      if (isEntry(key)) storedBeforeEntries.push(stored.length);
      await Promise.resolve();
      stored.push(key);
      inFlight -= 1;
    });
    expect(stored.toSorted()).toEqual(KEYS.toSorted());
    expect(Math.min(...storedBeforeEntries)).toBe(files.length - 2);
    expect(stored.slice(-2).toSorted()).toEqual(['index.html', 'widget/widget.js']);
    expect(most).toBe(8);
  });

  it('stores no page where a part is refused', async () => {
    const stored: string[] = [];
    const failing = publish(files, async ({ key }) => {
      if (key === 'assets/part7-12345678.js') throw new Error('AccessDenied');
      stored.push(key);
    });
    await expect(failing).rejects.toThrow('AccessDenied');
    expect(stored.filter(isEntry)).toEqual([]);
  });
});
