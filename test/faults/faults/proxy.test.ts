import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import {
  type DatabaseCall,
  type DatabaseFault,
  type FaultProxy,
  startFaultProxy,
} from './proxy.ts';

let proxy: FaultProxy | undefined;
let upstream: http.Server | undefined;

afterEach(async () => {
  await proxy?.close();
  upstream?.close();
});

/** A proxy before a database that answers with what it was asked. */
async function start(...faults: DatabaseFault[]): Promise<string> {
  upstream = http.createServer((request, response) => {
    const target = request.headers['x-amz-target'];
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end(JSON.stringify({ target, body: Buffer.concat(chunks).toString() }));
    });
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  proxy = await startFaultProxy(`http://127.0.0.1:${port}`, faults);
  return proxy.url;
}

function put(url: string): Promise<Response> {
  const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'x-amzn-trace-id': 'Root=1' };
  return fetch(url, { method: 'POST', headers, body: '{"TableName":"p-Messages"}' });
}

describe('the fault proxy', () => {
  it('hands a call on and its answer back', async () => {
    const answer = await put(await start());
    expect(await answer.json()).toEqual({
      target: 'DynamoDB_20120810.PutItem',
      body: '{"TableName":"p-Messages"}',
    });
  });

  it('shows each fault the call, the first one first', async () => {
    const seen: [string, DatabaseCall][] = [];
    const watching =
      (name: string): DatabaseFault =>
      (call, next) => {
        seen.push([name, call]);
        return next();
      };
    await put(await start(watching('a'), watching('b')));
    expect(seen).toMatchObject([
      ['a', { operation: 'PutItem', table: 'Messages', trace: 'Root=1' }],
      ['b', { operation: 'PutItem' }],
    ]);
  });

  it('answers as a fault says, and breaks the line where it says nothing', async () => {
    const url = await start(async () => ({ status: 400, text: '{"no":1}' }));
    const answer = await put(url);
    expect([answer.status, await answer.text()]).toEqual([400, '{"no":1}']);
    await proxy?.close();
    await expect(put(await start(async () => null))).rejects.toThrow('fetch failed');
  });
});
