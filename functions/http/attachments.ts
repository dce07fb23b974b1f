/** The calls about files: a place to upload to, and an address to download from. */
import { ChatError } from '#protocol/errors.ts';
import { httpHandler } from '#runtime/http-handler.ts';

const unsupported = async () => Promise.reject(new ChatError('unsupported'));

export const handler = httpHandler({
  createUpload: unsupported,
  getAttachment: unsupported,
});
