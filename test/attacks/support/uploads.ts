/** Uploads as a browser makes them, and as an attacker bends them. */
import { expect } from 'vitest';

import { A_PNG } from '../../support/fake-files.ts';
import type { Stage } from './stage.ts';

/** A place to upload to. */
export interface UploadPlace {
  readonly key: string;
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> };
}

interface Asking {
  readonly token: string;
  readonly roomId: string;
  readonly file?: { readonly name: string; readonly contentType: string; readonly size: number };
}

/** Asks for a place; a small picture's unless told. */
export async function askForPlace(
  stage: Stage,
  { token, roomId, file = { name: 'a.png', contentType: 'image/png', size: A_PNG.length } }: Asking,
): Promise<UploadPlace> {
  const { body } = await stage.call('POST', `/rooms/${roomId}/attachments`, { token, body: file });
  return body;
}

/** Posts a form; answers its status. */
export async function post(
  { upload }: UploadPlace,
  {
    fields = {},
    bytes = A_PNG,
  }: { fields?: Record<string, string | undefined>; bytes?: Uint8Array<ArrayBuffer> } = {},
): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.fields, ...fields })) {
    if (value !== undefined) form.append(name, value);
  }
  form.append('file', new Blob([bytes]), 'a.png');
  return (await fetch(upload.url, { method: 'POST', body: form })).status;
}

/** Uploads a small picture; answers its key. */
export async function upload(stage: Stage, asking: Asking): Promise<string> {
  const place = await askForPlace(stage, asking);
  expect(await post(place)).toBe(204);
  return place.key;
}
