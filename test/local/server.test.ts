import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type http from 'node:http';

import { WebSocket } from 'ws';

import { dispatch, portOf, startListening } from '../../lib/local/server.ts';

let server: http.Server;
beforeEach(async () => {
  const started = startListening({ host: '127.0.0.1', port: 0 });
  await started.listening;
  server = started.server;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const answering = (name: string) => ({
  handle: (_: http.IncomingMessage, response: http.ServerResponse) => {
    response.end(name);
    return Promise.resolve();
  },
});

function dispatchAll() {
  dispatch(server, {
    apiPaths: ['/v1/rooms', '/v1/rooms/{roomId}', '/v1/health'],
    api: answering('api'),
    local: { apis: answering('connections'), token: answering('token'), s3: answering('s3') },
    site: (_, response) => response.end('site'),
    upgrade: (_, socket) => socket.end('HTTP/1.1 418 Teapot\r\n\r\n'),
  });
}

const read = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`);
  return { status: response.status, text: await response.text() };
};

describe('the server', () => {
  it('asks to come again while the parts are starting', async () => {
    expect(await read('/v1/health')).toEqual({ status: 503, text: 'Starting.\n' });
  });

  it('lets a window that came too early ask again by itself', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${portOf(server)}/inbox`);
    expect(headers.get('refresh')).toBe('1');
  });

  it('refuses a socket at once while the parts are starting', async () => {
    // the site's listener for its own sockets
    server.on('upgrade', () => {});
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}/ws`);
    const status = await new Promise((resolve) => {
      socket.on('error', () => {});
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    });
    expect(status).toBe(503);
  });

  it.each([
    ['/v1/rooms', 'api'],
    ['/v1/nothing?x=1', 'api'],
    ['/v1', 'api'],
    ['/v10/rooms', 'site'],
    ['/local/token', 'token'],
    ['/local/token?x', 'token'],
    ['/local/tokens', 'site'],
    ['/local/apis/a/b/@connections/c', 'connections'],
    ['/local/s3/bucket/a/b?x=/local/token', 's3'],
    ['/local/toString', 'site'],
    ['/local', 'site'],
    ['/', 'site'],
    ['/inbox', 'site'],
    ['/ws', 'site'],
  ])('hands %s to the %s', async (path, part) => {
    dispatchAll();
    expect(await read(path)).toEqual({ status: 200, text: part });
  });

  it.each(['/ws', '/local/apis/a/b'])(
    'hands an upgrade at %s to the socket gateway',
    async (at) => {
      dispatchAll();
      const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}${at}?device=1`);
      const failure = new Promise((_, reject) => {
        socket.on('error', reject);
      });
      await expect(failure).rejects.toThrow(/418/u);
    },
  );

  it('rejects with EADDRINUSE where the port is taken', async () => {
    const second = startListening({ host: '127.0.0.1', port: portOf(server) });
    await expect(second.listening).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
