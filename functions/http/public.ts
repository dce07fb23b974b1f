/** The calls that need no token. */
import { publicHandler } from '#runtime/http-handler.ts';

export const handler = publicHandler({
  health: async () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
});
