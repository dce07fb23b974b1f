import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { startLocalStack, type LocalStack } from '../support/local-stack.ts';

const NINO = { sub: '42', role: 'customer', name: 'Nino' } as const;
const ANA = { sub: 'ana', role: 'vendor', vendor_id: '7', name: 'Ana' } as const;
const VENDOR_ROOM = { vendorId: '7' };

let stack: LocalStack;
const extra: LocalStack[] = [];

beforeAll(async () => {
  stack = await startLocalStack();
});
afterEach(async () => {
  await Promise.all(extra.splice(0).map((it) => it.stop()));
});
afterAll(() => stack?.stop());

async function call(
  to: LocalStack,
  token: string,
  [method, path, body]: [string, string, object?],
) {
  const response = await fetch(`${to.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Opens a socket and collects what comes. */
async function listen(to: LocalStack, token: string) {
  const socket = new WebSocket(`${to.socketUrl}?device=d1`, ['parley.v1', token]);
  const events: { event: string }[] = [];
  socket.on('message', (data: Buffer) => events.push(JSON.parse(data.toString())));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return { socket, events };
}

function newMessage(text: string) {
  return { id: crypto.randomUUID(), type: 'text', text };
}

describe('the local deployment', () => {
  it('carries a message over HTTP to the socket of the other side', async () => {
    const nino = await stack.token(NINO);
    const ana = await listen(stack, await stack.token(ANA));
    const room = await call(stack, nino, ['POST', '/v1/rooms', VENDOR_ROOM]);
    const path = `/v1/rooms/${room.body.roomId}/messages`;
    const sent = await call(stack, nino, ['POST', path, newMessage('Hello')]);
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ seq: 1, delivered: true });
    await expect
      .poll(() => ana.events.filter(({ event }) => event === 'message'))
      .toEqual([expect.objectContaining({ message: expect.objectContaining({ text: 'Hello' }) })]);
    ana.socket.close();
  });

  it('answers a frame over its route response', async () => {
    const { socket, events } = await listen(stack, await stack.token(NINO));
    socket.send(JSON.stringify({ action: 'read', ref: 'r1', roomId: 'd-nothing', seq: 1 }));
    // the function's first frame: it has to load
    await expect
      .poll(() => events, { timeout: 10_000 })
      .toMatchObject([{ event: 'error', ref: 'r1' }]);
    socket.close();
  });

  it('wakes the functions behind the streams', async () => {
    const consumers = Object.entries(stack.runtime.figures().functions).filter(([id]) =>
      stack.runtime.assembly.streams.some(({ functionId }) => functionId === id),
    );
    expect(consumers.length).toBeGreaterThan(0);
    await expect
      .poll(
        () =>
          consumers.map(([id]) => stack.runtime.figures().functions[id]?.invocations ?? 0).at(0),
        { timeout: 5_000 },
      )
      .toBeGreaterThan(0);
  });

  it('hands tokens out at /local/token that its API takes', async () => {
    const response = await fetch(`${stack.url}/local/token`, {
      method: 'POST',
      body: JSON.stringify({ sub: '43', role: 'customer' }),
    });
    const { token } = (await response.json()) as { token: string };
    const rooms = await call(stack, token, ['GET', '/v1/rooms']);
    expect(rooms).toEqual({ status: 200, body: { items: [], next: null } });
  });

  it('hands out tokens that are over', async () => {
    const token = await stack.token({ ...NINO, expiresIn: -10 });
    expect(await call(stack, token, ['GET', '/v1/rooms'])).toMatchObject({
      status: 401,
      body: { code: 'token_expired' },
    });
  });

  it('answers 404 where no site is', async () => {
    expect((await fetch(`${stack.url}/`)).status).toBe(404);
  });

  it('refuses an upgrade anywhere but at /ws', async () => {
    const socket = new WebSocket(`${stack.url.replace('http', 'ws')}/elsewhere`);
    await expect(
      new Promise((_, reject) => {
        socket.on('error', reject);
      }),
    ).rejects.toThrow(/hang up/u);
  });

  it('takes limits from the deployment', async () => {
    const strict = await startLocalStack({ limits: { maxTextLength: 5 } });
    extra.push(strict);
    const nino = await strict.token(NINO);
    const room = await call(strict, nino, ['POST', '/v1/rooms', VENDOR_ROOM]);
    const path = `/v1/rooms/${room.body.roomId}/messages`;
    expect(await call(strict, nino, ['POST', path, newMessage('123456')])).toMatchObject({
      status: 400,
    });
  });

  it('keeps rooms, messages and what the streams have read across a restart', async () => {
    const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'parley-data-'));
    const first = await startLocalStack({ dataFolder });
    const nino = await first.token(NINO);
    const room = await call(first, nino, ['POST', '/v1/rooms', VENDOR_ROOM]);
    const messages = `/v1/rooms/${room.body.roomId}/messages`;
    await call(first, nino, ['POST', messages, newMessage('kept')]);
    const [mapping] = first.runtime.assembly.streams;
    const woken = (it: LocalStack) =>
      it.runtime.figures().functions[mapping?.functionId ?? '']?.invocations;
    await expect.poll(() => woken(first), { timeout: 10_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.stop();

    const second = await startLocalStack({ dataFolder });
    extra.push(second);
    const kept = await call(second, nino, ['GET', messages]);
    expect(kept.body.items).toMatchObject([{ seq: 1, text: 'kept' }]);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(woken(second)).toBe(0);
    rmSync(dataFolder, { recursive: true });
  });

  it('frees its port and ends its engine when it stops', async () => {
    const short = await startLocalStack();
    const { enginePid } = short.runtime.figures();
    await short.stop();
    expect(() => process.kill(enginePid ?? 0, 0)).toThrow(/ESRCH/u);
    await expect(fetch(short.url)).rejects.toThrow();
  });

  it('says EADDRINUSE where the port is taken, and leaves nothing running', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startLocalStack({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });

  it('has had no trouble inside', () => {
    expect(stack.problems).toEqual([]);
  });
});
