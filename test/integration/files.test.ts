/** A file through the whole stack as a browser sends it: CORS, form, message, download, on the local runtime's S3. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type LocalStack, startLocalStack, type TokenClaims } from '../support/local-stack.ts';
import { A_PNG } from '../support/fake-files.ts';

const SHOP = 'https://shop.example';
const NINO: TokenClaims = { sub: '42', role: 'customer', name: 'Nino' };
const ANA: TokenClaims = { sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' };

let stack: LocalStack;
let roomId: string;
beforeAll(async () => {
  stack = await startLocalStack({ env: { PARLEY_ORIGINS: JSON.stringify([SHOP]) } });
  roomId = (await call(NINO, 'POST', '/rooms', { vendorId: '7' })).roomId;
});
afterAll(() => stack.stop());

async function call(claims: TokenClaims, method: string, path: string, body?: object) {
  const answer = await fetch(`${stack.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await stack.token(claims)}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, never>) } as Record<
    string,
    // oxlint-disable-next-line typescript/no-explicit-any -- a test reads deep into answers of many shapes
    any
  >;
}

describe('a file of a shop’s page', () => {
  it('goes up by a form, into a message, and down to the vendor', async () => {
    const asked = { name: 'bowl.png', contentType: 'image/png', size: A_PNG.length };
    const { key, upload } = await call(NINO, 'POST', `/rooms/${roomId}/attachments`, asked);
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, String(value));
    form.append('file', new Blob([A_PNG]), 'bowl.png');
    const posted = await fetch(upload.url, {
      method: 'POST',
      body: form,
      headers: { origin: SHOP },
    });
    expect(posted.status).toBe(204);
    expect(posted.headers.get('access-control-allow-origin')).toBe(SHOP);

    const sent = await call(NINO, 'POST', `/rooms/${roomId}/messages`, {
      id: randomUUID(),
      type: 'image',
      attachments: [{ key, name: 'bowl.png' }],
    });
    expect(sent).toMatchObject({ status: 201, attachments: [{ key, width: 4, height: 3 }] });

    const { url } = await call(ANA, 'GET', `/rooms/${roomId}/attachments/${key}`);
    const download = await fetch(url, { headers: { origin: SHOP } });
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(A_PNG);
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline; filename="bowl.png"',
      'access-control-allow-origin': SHOP,
    });
    expect(stack.problems).toEqual([]);
  });

  it('of another page is not let in by the browser', async () => {
    const asked = { name: 'bowl.png', contentType: 'image/png', size: A_PNG.length };
    const { upload } = await call(NINO, 'POST', `/rooms/${roomId}/attachments`, asked);
    const preflight = await fetch(upload.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});
