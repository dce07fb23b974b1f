/** A distribution as browsers meet it: behaviours, rewrites, headers, versions, compression, refusals. */
import { request as httpRequest } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createDistribution } from '../../../lib/local/site/distribution.ts';
import type { BehaviorModel, DistributionModel } from '../../../lib/local/site/model.ts';
import { publishInto } from '../../../lib/local/site/publication.ts';
import { OTHER_BUCKET, startBucket, type BucketFixture } from '../fixtures/bucket.ts';
import { listen, type Listening } from '../fixtures/services.ts';

const REWRITE = `function handler(event) {
  var request = event.request;
  if (request.uri === '/old') return { statusCode: 301, headers: { location: { value: '/new' } } };
  if (request.uri === '/broken') return 7;
  if (request.uri.startsWith('/inbox')) request.uri = '/index.html';
  return request;
}`;

const header = (name: string, value: string, isForced = true) => ({ name, value, isForced });

const behavior = (pathPattern: string, more: Partial<BehaviorModel> = {}): BehaviorModel => ({
  pathPattern,
  methods: ['GET', 'HEAD'],
  encodings: ['br', 'gzip'],
  requestFunction: undefined,
  headers: {
    set: [header('x-frame-options', 'DENY'), header('cache-control', 'never', false)],
    remove: ['last-modified'],
    cors: [],
  },
  ...more,
});

const MODEL: DistributionModel = {
  logicalId: 'Site/Distribution',
  domainName: 'd1.cloudfront.net',
  bucketName: OTHER_BUCKET,
  rootObject: 'index.html',
  behaviors: [
    behavior('/assets/*'),
    behavior('widget/*', {
      headers: {
        set: [],
        remove: [],
        cors: [header('access-control-allow-origin', '*')],
      },
    }),
    behavior('*', { requestFunction: REWRITE }),
  ],
  errorPages: [{ status: 404, path: '/index.html', responseStatus: 404 }],
};

const HTML = `<!doctype html>${'<p>Bazari</p>'.repeat(200)}`;

let bucket: BucketFixture;
let site: Listening;
const problems: unknown[] = [];
beforeAll(async () => {
  bucket = await startBucket();
  await publishInto(bucket.store, OTHER_BUCKET, async (put) => {
    const file = (key: string, text: string, contentType: string) =>
      put({ key, body: Buffer.from(text), contentType, cacheControl: 'max-age=60' });
    await file('index.html', HTML, 'text/html; charset=utf-8');
    await file('assets/a.js', 'export {};', 'text/javascript');
    await file('widget/widget.js', 'export {};', 'text/javascript');
    await file('products/ü b.svg', '<svg/>', 'image/svg+xml');
    await file('empty.txt', '', 'text/plain');
  });
  const onError = (error: unknown) => problems.push(error);
  site = await listen(createDistribution({ model: MODEL, store: bucket.store, onError }));
});
afterAll(async () => {
  await site.stop();
  await bucket.stop();
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${site.url}${path}`, { redirect: 'manual', ...init });
const textOf = async (path: string) => (await get(path)).text();

describe('the paths of a distribution', () => {
  it.each(['/', '/index.html', '/inbox', '/inbox/d-1?as=ana'])('%s is the page', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(HTML);
  });

  it('reads names with escapes', async () => {
    expect(await textOf('/products/%C3%BC%20b.svg?v=1')).toBe('<svg/>');
  });

  it.each(['/nothing', '/assets/gone.js', '/assets/', '/index.html/', '/%'])(
    '%s is missing, and shown so by the page',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(HTML);
    },
  );

  it('rewrites behind one pattern only', async () => {
    // no function stands before /assets/*
    expect((await get('/assets/../inbox')).status).toBe(200);
    expect((await get('/assets/inbox')).status).toBe(404);
  });

  it('lets a function answer', async () => {
    const answer = await get('/old');
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/new']);
  });

  it('fails loudly with a function that does', async () => {
    expect((await get('/broken')).status).toBe(503);
    expect(problems.splice(0)).toEqual([
      new Error('Site/Distribution returned neither a request nor a response.'),
    ]);
  });

  it('sends an empty file', async () => {
    const answer = await get('/empty.txt');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not know %s', async (method) => {
    expect((await get('/', { method })).status).toBe(403);
  });
});

describe('the headers of a distribution', () => {
  it('are the bucket’s, changed as the policy says', async () => {
    const { headers } = await get('/');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'max-age=60',
      'x-frame-options': 'DENY',
      vary: 'accept-encoding',
    });
    expect(headers.get('last-modified')).toBeNull();
  });

  it('stand on refusals too', async () => {
    for (const path of ['/nothing', '/assets/gone.js', '/old']) {
      expect((await get(path)).headers.get('x-frame-options')).toBe('DENY');
    }
    expect((await get('/', { method: 'POST' })).headers.get('x-frame-options')).toBe('DENY');
  });

  it('let other origins in where the behaviour does, and only where one asks', async () => {
    const headers = { origin: 'https://shop.example' };
    const allowed = async (path: string, init?: RequestInit) =>
      (await get(path, init)).headers.get('access-control-allow-origin');
    expect(await allowed('/widget/widget.js', { headers })).toBe('*');
    expect(await allowed('/widget/widget.js')).toBeNull();
    expect(await allowed('/assets/a.js', { headers })).toBeNull();
  });
});

describe('versions and sizes', () => {
  /** Without fetch, which decodes by itself. */
  const raw = (headers: Record<string, string>, method = 'GET') =>
    new Promise<{ headers: Record<string, unknown>; status: number | undefined; bytes: number }>(
      (resolve, reject) => {
        const asking = httpRequest(`${site.url}/`, { headers, method }, (answer) => {
          let bytes = 0;
          answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
          answer.on('end', () =>
            resolve({ headers: answer.headers, status: answer.statusCode, bytes }),
          );
        });
        asking.on('error', reject);
        asking.end();
      },
    );

  it('sends less to whoever can read it, under a version of its own', async () => {
    const plain = await raw({});
    const small = await raw({ 'accept-encoding': 'gzip, br' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.headers['content-encoding']).toBe('br');
    expect(plain.bytes).toBe(HTML.length);
    expect(small.bytes).toBeLessThan(200);
    expect(small.headers['etag']).toBe(`W/${String(plain.headers['etag'])}`);
  });

  it('says that nothing changed to whoever has it', async () => {
    const { headers } = await raw({ 'accept-encoding': 'br' });
    const etag = String(headers['etag']);
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`]) {
      const again = await raw({ 'if-none-match': known });
      expect([again.status, again.bytes]).toEqual([304, 0]);
      expect(again.headers['x-frame-options']).toBe('DENY');
    }
    expect((await raw({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('sends no body to HEAD, but its size', async () => {
    const { headers, bytes } = await raw({}, 'HEAD');
    expect([Number(headers['content-length']), bytes]).toEqual([HTML.length, 0]);
  });
});

describe('a distribution in front of an empty bucket', () => {
  it('says that there is nothing', async () => {
    const model = { ...MODEL, bucketName: 'nothing-here' };
    const empty = await listen(createDistribution({ model, store: bucket.store, onError: fail }));
    const answer = await fetch(empty.url);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      'There is nothing at this address.\n',
    ]);
    await empty.stop();
  });
});

function fail(error: unknown): never {
  throw error;
}
