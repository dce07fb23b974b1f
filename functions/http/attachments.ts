/** The calls about files: a place to upload to, and an address to download from. */
import { getDownload } from '#core/attachments/download.ts';
import { createUpload } from '#core/attachments/upload.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { addressPorts as ports } from '#runtime/objects/signing.ts';

export const handler = httpHandler(
  {
    createUpload: async ({ params, body }, caller) => {
      const place = await createUpload(ports, caller, { ...params, ...body });
      return { status: 201, body: place };
    },
    getAttachment: async ({ params }, caller) => {
      const address = await getDownload(ports, caller, params);
      return { status: 200, body: address };
    },
  },
  ports,
);
