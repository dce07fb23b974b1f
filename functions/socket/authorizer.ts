/** Who may open a socket. Runs on `$connect` only; its answer is what the frames know of their caller. */
import { ChatError } from '#protocol/errors.ts';
import { authorizerHandler } from '#runtime/authorizer-handler.ts';
import { readTexts } from '#runtime/env.ts';
import { verifyToken } from '#runtime/identity.ts';

/** An empty list lets every origin in; a client that sends none is no browser and is let in too. */
const origins = readTexts('ALLOWED_ORIGINS');

export const handler = authorizerHandler(async ({ token, origin }) => {
  if (origin !== undefined && origins.length > 0 && !origins.includes(origin)) {
    throw new ChatError('forbidden');
  }
  const caller = await verifyToken(token);
  // Admins are no members: nothing would ever be pushed to them.
  if (caller.member === null) throw new ChatError('forbidden');
  return caller;
});
