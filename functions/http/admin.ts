/** The calls of the marketplace's admins. */
import { suspend } from '#core/accounts/suspension.ts';
import { ports } from '#runtime/compose.ts';
import { httpHandler } from '#runtime/http-handler.ts';

export const handler = httpHandler(
  {
    putSuspension: async ({ params, query, body }, caller) => {
      const suspension = await suspend(ports, caller, { ...params, ...query, ...body });
      return { status: 200, body: suspension };
    },
  },
  ports,
);
