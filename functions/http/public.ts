/** The calls that need no token. */
import { ChatError } from '#protocol/errors.ts';
import { publicHandler } from '#runtime/http-handler.ts';

const unsupported = async () => Promise.reject(new ChatError('unsupported'));

export const handler = publicHandler({
  getVendor: unsupported,
  openapi: unsupported,
  asyncapi: unsupported,
  health: async () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
});
