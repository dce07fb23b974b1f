import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { pushFaults } from './pushes.ts';
import { FINE, Sky, type Weather } from './weather.ts';

let server: http.Server | undefined;

afterEach(() => {
  server?.close();
});

/** Pushes once under a weather; what it was answered, which sockets were cut, and who was killed. */
async function push(weather: Partial<Weather>, method = 'POST') {
  const sky = new Sky();
  sky.change({ ...FINE, ...weather }, 1);
  const [cut, killed]: string[][] = [[], []];
  const connections = {
    apiId: 'api',
    stage: 'local',
    push: () => 'sent' as const,
    describe: () => undefined,
    disconnect: (id: string) => (cut ?? []).push(id) > 0,
  };
  const kill = (trace: string) => (killed ?? []).push(trace) > 0;
  const handle = pushFaults(sky, kill)((_request, response) => response.end('sent'), connections);
  server = http.createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/local/apis/api/local/@connections/abc%3D`;
  const headers = { 'x-amzn-trace-id': 'Root=1' };
  const answer = await fetch(url, { method, headers, ...(method === 'POST' && { body: '{}' }) });
  return { status: answer.status, type: answer.headers.get('x-amzn-errortype'), cut, killed };
}

describe('the faults of the connections API', () => {
  it.each([
    ['gonePushes', 410, 'GoneException'],
    ['fullPushes', 429, 'LimitExceededException'],
    ['largePushes', 413, 'PayloadTooLargeException'],
    ['failedPushes', 500, 'InternalFailureException'],
  ])('%s are answered %i %s', async (name, status, type) => {
    expect(await push({ [name]: 1 })).toMatchObject({ status, type });
  });

  it('cut the socket of which they say that it is gone', async () => {
    expect((await push({ gonePushes: 1 })).cut).toEqual(['abc=']);
  });

  it('let an environment die after its push', async () => {
    expect(await push({ deaths: 1 })).toMatchObject({ status: 200, killed: ['Root=1'] });
  });

  it('stay away under a clear sky, and from what is no push', async () => {
    expect(await push({})).toMatchObject({ status: 200, cut: [], killed: [] });
    expect(await push({ failedPushes: 1 }, 'DELETE')).toMatchObject({ status: 200 });
  });
});
