import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';

import { CLIENT_FRAMES } from '#protocol/client-frames.ts';
import { asyncapiDocument } from '#protocol/documents/asyncapi.ts';
import { ACTIONS } from '#protocol/documents/frames.ts';
import { BUS_EVENTS } from '#protocol/events.ts';
import { SERVER_FRAMES } from '#protocol/server-frames.ts';

import { validatorsOf } from '../../support/json-schema.ts';

interface Operation {
  readonly action: 'send' | 'receive';
  readonly messages: readonly { $ref: string }[];
  readonly reply?: { readonly messages: readonly { $ref: string }[] };
}

interface Parts {
  readonly servers: { readonly socket: object };
  readonly channels: Readonly<
    Record<'socket' | 'bus', { messages: Readonly<Record<string, { correlationId?: object }>> }>
  >;
  readonly operations: Readonly<Record<string, Operation>>;
}

const text = JSON.stringify(asyncapiDocument({ socket: 'wss://chat.example/prod' }));
const document: Parts = JSON.parse(text);
const { socket, bus } = document.channels;

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', () => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(Object(specs.schemasWithoutId['3.0.0']));
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  it('has every action, event and fact as a message', () => {
    expect(Object.keys(socket.messages)).toEqual([
      ...Object.keys(CLIENT_FRAMES).map((name) => `action.${name}`),
      ...Object.keys(SERVER_FRAMES).map((name) => `event.${name}`),
    ]);
    expect(Object.keys(bus.messages)).toEqual(Object.keys(BUS_EVENTS));
  });

  it('names the deployment’s own address', () => {
    expect(document.servers.socket).toMatchObject({
      host: 'chat.example',
      pathname: '/prod',
      protocol: 'wss',
    });
  });

  it('relates each action to its replies by ref, and has every message in an operation', () => {
    for (const [name, { replies }] of Object.entries(ACTIONS)) {
      const { action, reply } = document.operations[name] ?? {};
      expect(action).toBe('receive');
      expect(reply?.messages.map((it) => it.$ref.split('/').at(-1))).toEqual(
        [...replies, 'error'].map((it) => `event.${it}`),
      );
      for (const it of [`action.${name}`, ...replies.map((event) => `event.${event}`)]) {
        expect(socket.messages[it]?.correlationId).toEqual({ location: '$message.payload#/ref' });
      }
    }
    const used = Object.values(document.operations).flatMap((it) => [
      ...it.messages,
      ...(it.reply?.messages ?? []),
    ]);
    const there = Object.entries(document.channels).flatMap(([channel, { messages }]) =>
      Object.keys(messages).map((name) => `#/channels/${channel}/messages/${name}`),
    );
    expect([...new Set(used.map((it) => it.$ref))].toSorted()).toEqual(there.toSorted());
  });

  it('points to what is there', () => {
    const pointers = [...text.matchAll(/"\$ref":"#\/([^"]+)"/gu)].map(
      ([, pointer = '']) => pointer,
    );
    expect(pointers.length).toBeGreaterThan(100);
    const at = (pointer: string) =>
      pointer.split('/').reduce<unknown>((value, key) => Object(value)[key], document);
    expect(pointers.filter((pointer) => at(pointer) === undefined)).toEqual([]);
  });

  it('takes a fact only in its envelope', () => {
    const validate = validatorsOf(document).of('#/channels/bus/messages/room.closed/payload');
    const detail = {
      version: 1,
      key: 'closed-4',
      at: '2026-11-22T10:15:30.123Z',
      roomId: 'd-7Zk1',
      customer: 'customer:42',
      vendor: 'vendor:7',
      seq: 4,
    };
    expect(validate({ source: 'parley', 'detail-type': 'room.closed', detail })).toBe(true);
    expect(validate({ source: 'parley', 'detail-type': 'room.opened', detail })).toBe(false);
    expect(validate({ source: 'other', 'detail-type': 'room.closed', detail })).toBe(false);
    expect(validate(detail)).toBe(false);
  });
});
