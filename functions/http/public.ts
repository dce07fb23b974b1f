/** The calls that need no token. */
import { getVendor } from '#core/vendor/vendor.ts';
import { ports } from '#runtime/compose.ts';
import { readEnv } from '#runtime/env.ts';
import { publicHandler } from '#runtime/http-handler.ts';

/** Seconds for which anybody may keep what is the same for everybody. */
const VENDOR_MAX_AGE = 60;

/** The same for everybody until the next deployment. */
const CACHEABLE = { 'cache-control': 'public, max-age=300' };

// Hardly anybody asks for these: nobody else waits for what makes them.
const openapi = once(async () => {
  const { openapiDocument } = await import('#protocol/documents/openapi.ts');
  return openapiDocument();
});
const asyncapi = once(async () => {
  const { asyncapiDocument } = await import('#protocol/documents/asyncapi.ts');
  // The socket and its management API share one address.
  return asyncapiDocument({ socket: readEnv('CALLBACK_URL').replace(/^http/u, 'ws') });
});

export const handler = publicHandler({
  getVendor: async ({ params }) => {
    const vendor = await getVendor(ports, params);
    const headers = { 'cache-control': `public, max-age=${VENDOR_MAX_AGE}` };
    return { status: 200, body: vendor, headers };
  },
  openapi: async () => ({ status: 200, body: await openapi(), headers: CACHEABLE }),
  asyncapi: async () => ({ status: 200, body: await asyncapi(), headers: CACHEABLE }),
  health: async () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => (made ??= make());
}
