import { describe, expect, it } from 'vitest';

import type { SocketListener } from '#client/ports.ts';
import { renderMessage } from '#core/message.ts';

import { aMessage } from '../../support/builders.ts';
import { type Entry, History } from './history.ts';
import { recordingPorts } from './recording.ts';

const ROOM = 'd-1';
const API = 'http://server/v1';
const message = { id: 'm1', type: 'text', text: ' Hello ' } as const;

const aServerMessage = (over: Parameters<typeof aMessage>[0]) =>
  renderMessage(aMessage(over), 'customer:nino');

/** A client whose server answers as told. */
function aClient(answers: { status: number; body: unknown }[] = []) {
  const history = new History();
  const heard: SocketListener[] = [];
  const sent: string[] = [];
  const facts = { name: 'phone', user: 'nino', member: 'customer:nino' } as const;
  const ports = recordingPorts(history, facts, {
    fetch: async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('The network is down.');
      return Response.json(answer.body, { status: answer.status });
    },
    openSocket: (_url, _protocols, listener) => {
      heard.push(listener);
      return { send: (text) => void sent.push(text), close: () => undefined };
    },
  });
  const call = (method: string, path: string, body?: unknown) =>
    ports.fetch(`${API}${path}`, {
      method,
      headers: {},
      signal: AbortSignal.timeout(1_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const open = () => {
    const listener = { onOpen: () => undefined, onText: () => undefined, onClose: () => undefined };
    const port = ports.openSocket('ws://server', [], listener);
    heard[0]?.onOpen();
    const hear = (frame: unknown) => heard[0]?.onText(JSON.stringify(frame));
    return { port, hear, end: () => heard[0]?.onClose(1006), sent };
  };
  return { history, call, open };
}

function only(history: History): Entry | undefined {
  return history.entries.at(-1);
}

describe('a recorded call', () => {
  it('is a send with its number, and the caller still gets the answer', async () => {
    const { history, call } = aClient([{ status: 201, body: aServerMessage({ seq: 7 }) }]);
    const response = await call('POST', `/rooms/${ROOM}/messages`, { ...message, after: 6 });
    expect(JSON.parse(await response.text())).toMatchObject({ seq: 7 });
    const sent = { kind: 'send', client: 'phone', roomId: ROOM, id: 'm1', text: 'Hello', after: 6 };
    expect(only(history)).toMatchObject({ ...sent, outcome: 'ok', seq: 7 });
  });

  it('that is refused has the code, and no number', async () => {
    const { history, call } = aClient([{ status: 503, body: { code: 'unavailable' } }]);
    await call('POST', `/rooms/${ROOM}/messages`, message);
    expect(only(history)).toMatchObject({ kind: 'send', outcome: 'unavailable', seq: null });
  });

  it('that the gateway refuses has its status', async () => {
    const { history, call } = aClient([{ status: 502, body: { message: 'Bad Gateway' } }]);
    await call('GET', '/rooms');
    expect(only(history)).toMatchObject({ kind: 'call', outcome: 'status 502' });
  });

  it('that nobody answers is written down, and fails', async () => {
    const { history, call } = aClient();
    await expect(call('PUT', `/rooms/${ROOM}/read`, { seq: 3 })).rejects.toThrow('down');
    expect(only(history)).toMatchObject({ kind: 'read', seq: 3, outcome: 'unanswered' });
  });

  it('stands there before it is answered: it may have happened', () => {
    const { history, call } = aClient([{ status: 201, body: aServerMessage({ seq: 7 }) }]);
    const answered = call('POST', `/rooms/${ROOM}/messages`, message);
    expect(only(history)).toMatchObject({ kind: 'send', outcome: 'unanswered', endedMs: Infinity });
    return answered;
  });

  it('is a page with what it showed', async () => {
    const body = { items: [aServerMessage({ seq: 4 })], hasMore: true, changes: 0 };
    const { history, call } = aClient([{ status: 200, body }]);
    await call('GET', `/rooms/${ROOM}/messages?after=3&limit=1`);
    const page = { kind: 'fetch', after: 3, before: null, hasMore: true };
    expect(only(history)).toMatchObject({ ...page, messages: [{ seq: 4 }] });
  });

  it.each([
    ['PATCH', '/messages/4', { text: 'b' }, { what: 'edit', seq: 4, text: 'b' }],
    ['DELETE', '/messages/4', undefined, { what: 'delete', seq: 4, text: null }],
    ['PUT', '/messages/4/reactions', { emoji: '👍', on: true }, { what: 'react', seq: 4 }],
  ])('is a change: %s %s', async (method, path, body, expected) => {
    const { history, call } = aClient([{ status: 200, body: aServerMessage({ seq: 4 }) }]);
    await call(method, `/rooms/${ROOM}${path}`, body);
    expect(only(history)).toMatchObject({ kind: 'change', outcome: 'ok', ...expected });
  });

  it('of the participants says who is there', async () => {
    const onlineUntil = '2026-01-01T00:00:00.000Z';
    const items = [{ member: 'vendor:7', name: '7', online: true, onlineUntil, readSeq: 0 }];
    const { history, call } = aClient([{ status: 200, body: { items } }]);
    await call('GET', `/rooms/${ROOM}/participants`);
    expect(history.operations).toBe(1);
    expect(only(history)).toMatchObject({ kind: 'presence', about: 'vendor:7', online: true });
  });
});

describe('a recorded socket', () => {
  it('tells when it is open', () => {
    const { history, open } = aClient();
    open().end();
    const sockets = history.entries.map((entry) => entry.kind === 'socket' && entry.isOpen);
    expect(sockets).toEqual([true, false]);
  });

  it('joins a frame to its answer', () => {
    const { history, open } = aClient();
    const { port, hear, sent } = open();
    port.send(JSON.stringify({ action: 'send', ref: '1', roomId: ROOM, after: 2, message }));
    hear({ event: 'ack', ref: '1', roomId: ROOM, id: 'm1', seq: 3, at: '' });
    expect(sent).toHaveLength(1);
    expect(history.operations).toBe(1);
    const expected = { kind: 'send', id: 'm1', text: 'Hello', after: 2, seq: 3, outcome: 'ok' };
    expect(only(history)).toMatchObject(expected);
  });

  it('writes a refused frame down with its code, and one without an answer at its end', () => {
    const { history, open } = aClient();
    const { port, hear, end } = open();
    port.send(JSON.stringify({ action: 'edit', ref: '1', roomId: ROOM, seq: 3, text: 'b' }));
    port.send(JSON.stringify({ action: 'read', ref: '2', roomId: ROOM, seq: 3 }));
    expect(only(history)).toMatchObject({ outcome: 'unanswered', endedMs: Infinity });
    hear({ event: 'error', ref: '1', code: 'conflict', message: '' });
    end();
    expect(history.entries.filter(({ kind }) => kind !== 'socket')).toMatchObject([
      { kind: 'change', what: 'edit', text: 'b', outcome: 'conflict' },
      { kind: 'read', seq: 3, outcome: 'unanswered' },
    ]);
  });

  it('writes events down with their room and message', () => {
    const { history, open } = aClient();
    const { hear } = open();
    hear({ event: 'message', message: aServerMessage({ roomId: ROOM, seq: 5 }) });
    expect(only(history)).toMatchObject({ kind: 'event', roomId: ROOM, message: { seq: 5 } });
    hear({ event: 'presence', member: 'vendor:7', online: false, onlineUntil: null });
    expect(only(history)).toMatchObject({ kind: 'presence', about: 'vendor:7', online: false });
  });
});
