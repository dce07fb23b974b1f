/** Pushes against a small real server that answers as the management API does. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPusher, type Pusher } from '#runtime/push.ts';

process.env['AWS_REGION'] = 'us-east-1';
process.env['AWS_ACCESS_KEY_ID'] = 'test';
process.env['AWS_SECRET_ACCESS_KEY'] = 'test';

/** Connection ids are the status they answer; `0` never answers, `cut` breaks the line, `once` the first time only. */
const requests: string[] = [];
let server: Server;
let pusher: Pusher;

beforeAll(async () => {
  server = createServer((request, response) => {
    const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${body}`);
      answer(response, id.replace('=', ''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  pusher = createPusher(`http://127.0.0.1:${port}/live`, 300);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answer(response: ServerResponse, id: string): void {
  if (id === '0') return;
  if (id === 'cut' || (id === 'once' && requests.length === 1)) response.destroy();
  else if (id === 'once') response.end();
  else {
    const type = { 403: 'ForbiddenException', 410: 'GoneException', 429: 'LimitExceededException' };
    const name = Object.entries(type).find(([status]) => status === id)?.[1];
    response.writeHead(Number(id), name === undefined ? {} : { 'x-amzn-errortype': name });
    response.end(name === undefined ? '' : JSON.stringify({ message: name }));
  }
}

describe('push', () => {
  it.each([
    ['200', 'sent'],
    ['410', 'gone'],
    ['429', 'busy'],
    ['500', 'busy'],
    ['503', 'busy'],
    ['403', 'busy'],
    ['0', 'busy'],
  ])('of a connection that answers %s is %s', async (id, outcome) => {
    requests.length = 0;
    expect(await pusher.push(`${id}=`, { event: 'ok' })).toBe(outcome);
    // One attempt: the SDK must not retry by itself.
    expect(requests).toHaveLength(1);
  });

  it('tries a broken line once more, and no oftener', async () => {
    requests.length = 0;
    expect(await pusher.push('cut=', { event: 'ok' })).toBe('busy');
    expect(requests).toHaveLength(2);
  });

  it('reaches a connection whose line had been closed while nobody spoke', async () => {
    requests.length = 0;
    expect(await pusher.push('once=', { event: 'ok' })).toBe('sent');
    expect(requests).toHaveLength(2);
  });

  it('sends the frame as JSON to the encoded connection id', async () => {
    requests.length = 0;
    await pusher.push('200=', { event: 'ok', ref: 'ა' });
    expect(requests).toEqual(['POST /live/@connections/200%3D {"event":"ok","ref":"ა"}']);
  });

  it('does not send a frame over 32 KB', async () => {
    requests.length = 0;
    // 32,771 bytes of UTF-8 in fewer characters.
    const ref = 'ა'.repeat(10_920);
    expect(await pusher.push('200=', { event: 'ok', ref })).toBe('busy');
    expect(requests).toEqual([]);
  });
});

describe('close', () => {
  it.each(['200', '204', '410', '500', 'cut'])('takes the answer %s as done', async (id) => {
    requests.length = 0;
    await pusher.close(`${id}=`);
    expect(requests).toEqual([`DELETE /live/@connections/${id}%3D `]);
  });
});
