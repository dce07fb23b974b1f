/** The calls of a vendor's staff about their shop: its settings and its saved replies. */
import { ChatError } from '#protocol/errors.ts';
import { httpHandler } from '#runtime/http-handler.ts';

const unsupported = async () => Promise.reject(new ChatError('unsupported'));

export const handler = httpHandler({
  getSettings: unsupported,
  putSettings: unsupported,
  listReplies: unsupported,
  addReply: unsupported,
  putReply: unsupported,
  deleteReply: unsupported,
});
