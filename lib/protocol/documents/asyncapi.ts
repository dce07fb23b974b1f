/** The AsyncAPI 3.0 document of the socket's frames and the bus's events, made from their schemas. */
import * as z from 'zod/mini';

import { CLIENT_FRAMES } from '../client-frames.ts';
import { SUBPROTOCOL } from '../close-codes.ts';
import { BUS_EVENTS } from '../events.ts';
import { EVENT_SOURCE } from '../ids.ts';
import { MAX_DEVICE_LENGTH } from '../limits.ts';
import { SERVER_FRAMES } from '../server-frames.ts';
import { withExamples } from './examples.ts';
import { ACTIONS, BUS, EVENTS } from './frames.ts';
import { type Components, componentsOf, type Json, reachable, type Schema } from './json-schema.ts';
import { CONTRACT_VERSION } from './openapi.ts';

/** Where a deployment's socket is. */
export interface Addresses {
  /** The socket's address, `wss://…`. */
  readonly socket: string;
}

const ABOUT = `The socket of Parley, the chat of a marketplace with many vendors, and the events on the deployment’s EventBridge bus. The HTTP calls stand in \`/v1/openapi.json\`.

A frame is one JSON object. \`action\` names what a client says, \`event\` what it hears; a reply repeats the \`ref\` of what it answers. Frames that are no JSON, have an unknown action or fail their schema are answered by an \`error\` with code \`invalid\`. Readers ignore fields and events that they do not know.

The gateway cuts a silent socket after 10 minutes and every socket after 2 hours: reconnect, then read on with \`after\`.`;

/** The document. */
export function asyncapiDocument({ socket }: Addresses): Json {
  const frames = messagesOf();
  const { host, pathname, protocol } = new URL(socket);
  const channels = {
    socket: {
      address: '/',
      title: 'The socket',
      servers: [{ $ref: '#/servers/socket' }],
      bindings: { ws: HANDSHAKE },
      messages: frames.socket,
    },
    bus: {
      // The stack's output names it.
      address: null,
      title: 'The event bus',
      servers: [{ $ref: '#/servers/bus' }],
      description:
        'At least once, in no order. `key` names one version of one fact: skip what was seen.',
      messages: frames.bus,
    },
  };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley',
      version: CONTRACT_VERSION,
      description: ABOUT,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      socket: {
        host,
        pathname,
        protocol: protocol.replace(':', ''),
        protocolVersion: '13',
        security: [{ $ref: '#/components/securitySchemes/subprotocol' }],
      },
      bus: {
        host: 'events.{region}.amazonaws.com',
        protocol: 'eventbridge',
        description: 'A rule on the bus sends its events to a queue, a function, a mail.',
        variables: { region: { description: 'The region of the deployment.' } },
      },
    },
    channels,
    operations: { ...actionsOf(), ...eventsOf(), ...factsOf() },
    components: {
      securitySchemes: { subprotocol: TOKEN },
      schemas: withExamples(reachable(frames.schemas, channels)),
    },
  };
}

const TOKEN = {
  type: 'httpApiKey',
  in: 'header',
  name: 'Sec-WebSocket-Protocol',
  description: `The subprotocols \`${SUBPROTOCOL}\` and the token, in this order: \`new WebSocket(url, ["${SUBPROTOCOL}", token])\`. The server selects \`${SUBPROTOCOL}\`.`,
};

const HANDSHAKE = {
  method: 'GET',
  query: {
    type: 'object',
    properties: {
      device: {
        type: 'string',
        maxLength: MAX_DEVICE_LENGTH,
        description: 'A random id that the device keeps, so that it gets no echo of its own doing.',
      },
    },
  },
  bindingVersion: '0.1.0',
};

/** The messages of both channels and every schema that they lead to. */
function messagesOf() {
  const actions = componentsOf('input', prefixed('Action', CLIENT_FRAMES));
  const events = componentsOf('output', {
    ...prefixed('Event', SERVER_FRAMES),
    ...prefixed('Fact', BUS_EVENTS),
  });
  const said = entries(CLIENT_FRAMES).map(([name, schema]) => [
    `action.${name}`,
    { name, ...titled(ACTIONS, name), ...CORRELATION, payload: actions.ref(schema) },
  ]);
  const heard = entries(SERVER_FRAMES).map(([name, schema]) => [
    `event.${name}`,
    { name, ...titled(EVENTS, name), ...correlationOf(schema), payload: events.ref(schema) },
  ]);
  const facts = entries(BUS_EVENTS).map(([name, schema]) => [
    name,
    { name, ...titled(BUS, name), payload: envelopeOf(name, schema, events) },
  ]);
  const socket: Json = Object.fromEntries([...said, ...heard]);
  const bus: Json = Object.fromEntries(facts);
  return { socket, bus, schemas: { ...actions.schemas, ...events.schemas } };
}

const CORRELATION = { correlationId: { location: '$message.payload#/ref' } };

function correlationOf(schema: Schema): object {
  return schema instanceof z.ZodMiniObject && 'ref' in schema.shape ? CORRELATION : {};
}

function titled(words: Readonly<Record<string, string | { summary: string }>>, name: string) {
  const said = words[name];
  return { summary: typeof said === 'object' ? said.summary : said };
}

/** What EventBridge puts around a detail, as far as it is ours. */
function envelopeOf(type: string, detail: Schema, { ref }: Components): Json {
  return {
    type: 'object',
    required: ['source', 'detail-type', 'detail'],
    properties: {
      source: { type: 'string', const: EVENT_SOURCE },
      'detail-type': { type: 'string', const: type },
      detail: ref(detail),
    },
  };
}

/** What the server receives; a refusal may come instead of each reply. */
function actionsOf(): Json {
  return Object.fromEntries(
    Object.entries(ACTIONS).map(([name, { summary, replies }]) => [
      name,
      {
        action: 'receive',
        summary,
        channel: SOCKET,
        messages: [messageAt('socket', `action.${name}`)],
        reply: {
          channel: SOCKET,
          messages: [...replies, 'error'].map((event) => messageAt('socket', `event.${event}`)),
        },
      },
    ]),
  );
}

/** What the server sends by itself: everything that is no reply. */
function eventsOf(): Json {
  const replies = new Set([...Object.values(ACTIONS).flatMap((it) => it.replies), 'error']);
  return Object.fromEntries(
    Object.entries(EVENTS)
      .filter(([name]) => !replies.has(name))
      .map(([name, summary]) => [
        `on.${name}`,
        {
          action: 'send',
          summary,
          channel: SOCKET,
          messages: [messageAt('socket', `event.${name}`)],
        },
      ]),
  );
}

function factsOf(): Json {
  return Object.fromEntries(
    Object.entries(BUS).map(([name, summary]) => [
      `bus.${name}`,
      {
        action: 'send',
        summary,
        channel: { $ref: '#/channels/bus' },
        messages: [messageAt('bus', name)],
      },
    ]),
  );
}

const SOCKET = { $ref: '#/channels/socket' };

function messageAt(channel: string, name: string): Json {
  return { $ref: `#/channels/${channel}/messages/${name}` };
}

function prefixed(prefix: string, schemas: Readonly<Record<string, Schema>>) {
  return Object.fromEntries(
    entries(schemas).map(([name, schema]) => [prefix + pascal(name), schema]),
  );
}

function entries(schemas: Readonly<Record<string, Schema>>): [string, Schema][] {
  return Object.entries(schemas);
}

/** `message.updated` as a part of a name: `MessageUpdated`. */
function pascal(name: string): string {
  return name.replaceAll(/(?:^|\.)(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
