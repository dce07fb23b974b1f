import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { uploadFile } from '#client/uploads/upload-port.ts';

const servers: http.Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A place for uploads that answers as told. */
async function aPlace(status: number) {
  const bodies: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('latin1'));
      response.writeHead(status).end('<Error/>');
    });
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { bodies, place: { url: `http://127.0.0.1:${port}/`, fields: { key: 'pending/k' } } };
}

const quiet = () => ({ onProgress: () => {}, signal: new AbortController().signal });

describe('uploading from Node', () => {
  it.each([
    ['bytes', new Uint8Array([104, 105])],
    ['a blob', new Blob(['hi'])],
  ])('posts %s behind the fields, and tells the beginning and the end', async (_, body) => {
    const { bodies, place } = await aPlace(204);
    const steps: number[] = [];
    await uploadFile(place, body, { ...quiet(), onProgress: (step) => steps.push(step) });
    expect(bodies[0]).toMatch(/name="key"[^]*pending\/k[^]*name="file"[^]*hi/u);
    expect(steps).toEqual([0, 1]);
  });

  it.each([
    [400, 'invalid'],
    [413, 'too_large'],
    [403, 'unavailable'],
    [503, 'unavailable'],
  ])('rejects a %i as %s', async (status, code) => {
    const { place } = await aPlace(status);
    await expect(uploadFile(place, new Blob(['x']), quiet())).rejects.toMatchObject({ code });
  });

  it('ends when it is aborted half-way', async () => {
    const server = http.createServer(() => {});
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stop = new AbortController();
    const body = new Uint8Array(8 * 1024 * 1024);
    const place = { url: `http://127.0.0.1:${port}/`, fields: {} };
    const uploading = uploadFile(place, body, { onProgress: () => {}, signal: stop.signal });
    await once(server, 'connection');
    stop.abort();
    await expect(uploading).rejects.toMatchObject({ code: 'unavailable' });
    server.closeAllConnections();
  });

  it('rejects as unavailable where nothing answers, and when it is aborted', async () => {
    const place = { url: 'http://127.0.0.1:9/', fields: {} };
    await expect(uploadFile(place, new Blob(['x']), quiet())).rejects.toMatchObject({
      code: 'unavailable',
    });
    const options = { onProgress: () => {}, signal: AbortSignal.abort() };
    await expect(uploadFile(place, new Blob(['x']), options)).rejects.toThrow('place for uploads');
  });
});
