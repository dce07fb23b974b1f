/** What a million messages cost on AWS, from what the stack counted here and AWS's list prices. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { openScene, type Scene, type Usage } from './scene.ts';
import { agedAnHour } from './seeding.ts';
import { report, section } from './table.ts';

const BURST = 200;
const WARM_UP = 40;
const MAX_USD = { http: 4.3, socket: 5.3 } as const;
const MEMORY_GB = 0.5;
/** Of the honest conversation: between its messages, so that each wakes the stream by itself. */
const PAUSE_MS = 1_100;
const CONVERSATION = 20;
/** Long enough for a batch of one: its window of a second, and the polls around it. */
const LONE_MS = 1_600;
const PACED = 6;
/** Both sides for twenty minutes, and for five more an hour later; a ping every nine minutes. */
const CONNECTION_MINUTES = 2 * (20 + 5);
const PINGS_PER_SIDE = 2;

interface Prices {
  readonly perMillion: Readonly<
    Record<
      | 'webSocketMessage'
      | 'webSocketConnectionMinute'
      | 'httpRequest'
      | 'lambdaRequest'
      | 'lambdaGigabyteSecondArm'
      | 'dynamoWriteUnit'
      | 'dynamoReadUnit',
      number
    >
  >;
  readonly logsPerGigabyte: number;
  readonly floorPerMillionMessages: number;
}

const PRICES = JSON.parse(readFileSync(new URL('prices.json', import.meta.url), 'utf8')) as Prices;

/** Prices a burst over HTTP and over the socket, and a conversation as people have it. */
export async function benchPrice(): Promise<void> {
  section('Price of a million messages (USD, list prices of prices.json; logs beside it)');
  report({ name: 'floor', value: PRICES.floorPerMillionMessages, unit: 'USD' });
  const scene = await openScene();
  try {
    await scene.enter();
    for (const over of ['http', 'socket'] as const) await write(scene, WARM_UP, over);
    for (const over of ['http', 'socket'] as const) {
      const usage = await scene.measure(() => write(scene, BURST, over));
      reportPrice(usage, { name: `sent over ${over}`, messages: BURST, budget: MAX_USD[over] });
    }
    const paced = await scene.measure(() => writeSlowly(scene));
    reportPrice(paced, { name: 'over http, each waking the stream alone', messages: PACED });
    const honest = await scene.measure(() => converse(scene));
    reportPrice(honest, {
      name: 'an honest conversation',
      messages: CONVERSATION + 1,
      connectionMinutes: CONNECTION_MINUTES,
    });
  } finally {
    await scene.stop();
  }
}

let spoken = 0;

/** By one side alone: an answer to what was not read says that it is read now, and these prices are of messages. */
async function write(scene: Scene, messages: number, over: 'http' | 'socket'): Promise<void> {
  for (let count = 0; count < messages; count += 1) await scene.exchange(2 * spoken++, over);
}

async function writeSlowly(scene: Scene): Promise<void> {
  for (let count = 0; count < PACED; count += 1) {
    await write(scene, 1, 'http');
    await sleep(LONE_MS);
  }
}

/** Opening, twenty messages with typing and reading, pings, and one more after an hour. */
async function converse(scene: Scene): Promise<void> {
  await arrive(scene);
  for (let count = 0; count < CONVERSATION; count += 1) {
    await say(scene);
    await sleep(PAUSE_MS);
  }
  for (const person of people(scene)) {
    for (let count = 0; count < PINGS_PER_SIDE; count += 1)
      person.send({ action: 'ping', ref: 'probe' });
  }
  await agedAnHour(scene);
  await arrive(scene);
  await say(scene);
}

/** New sockets, the list of rooms and the messages: what a client does when it comes back. */
async function arrive(scene: Scene): Promise<void> {
  for (const person of people(scene)) {
    await person.disconnect();
    await person.connect();
    await person.call('GET', '/rooms');
    await person.call('GET', `/rooms/${scene.roomId}/messages`);
  }
  await sleep(PAUSE_MS);
}

/** Somebody types for some seconds, sends, and is read. */
async function say(scene: Scene): Promise<void> {
  const { roomId, customer, shop } = scene;
  const [speaker, listener] = spoken % 2 === 0 ? [customer, shop] : [shop, customer];
  for (let count = 0; count < 2; count += 1) {
    speaker.send({ action: 'typing', roomId, typing: true });
  }
  await sleep(50);
  await scene.exchange(spoken++, 'http');
  await Promise.all([speaker.hears(listener.seq), listener.read(roomId)]);
}

function people({ customer, shop }: Scene) {
  return [customer, shop];
}

interface Bill {
  readonly name: string;
  readonly messages: number;
  readonly budget?: number;
  readonly connectionMinutes?: number;
}

function reportPrice(usage: Usage, bill: Bill): void {
  const { name, messages, budget, connectionMinutes = 0 } = bill;
  const each = (value: number) => value / messages;
  const price = PRICES.perMillion;
  const parts: Readonly<Record<string, number>> = {
    'HTTP requests': each(usage.httpRequests) * price.httpRequest,
    'socket messages': each(usage.framesIn + usage.framesOut) * price.webSocketMessage,
    'write units': each(usage.meter.writeUnits) * price.dynamoWriteUnit,
    'read units': each(usage.meter.readUnits) * price.dynamoReadUnit,
    'Lambda requests': each(usage.invocations) * price.lambdaRequest,
    'Lambda time': (each(usage.wallMs) / 1_000) * MEMORY_GB * price.lambdaGigabyteSecondArm,
    ...(connectionMinutes > 0 && {
      'connection minutes': each(connectionMinutes) * price.webSocketConnectionMinute,
    }),
  };
  const total = Object.values(parts).reduce((sum, usd) => sum + usd, 0);
  report({ name, value: total, unit: 'USD', ...(budget !== undefined && { budget }) });
  const counts: Readonly<Record<string, string>> = {
    'HTTP requests': each(usage.httpRequests).toFixed(2),
    'socket messages': `${each(usage.framesIn).toFixed(2)} in, ${each(usage.framesOut).toFixed(2)} out`,
    'write units': each(usage.meter.writeUnits).toFixed(2),
    'read units': each(usage.meter.readUnits).toFixed(2),
    'Lambda requests': `${each(usage.invocations).toFixed(2)}, ${each(usage.streamInvocations).toFixed(2)} by streams`,
    'Lambda time': `${each(usage.wallMs).toFixed(1)} ms, ${each(usage.streamWallMs).toFixed(1)} by streams`,
    'connection minutes': each(connectionMinutes).toFixed(1),
  };
  for (const [part, usd] of Object.entries(parts)) {
    report({ name: `  ${part}`, value: usd, unit: 'USD', note: counts[part] ?? '' });
  }
  report({
    name: '  beside it: logs',
    value: (each(usage.logBytes) * 1_000_000 * PRICES.logsPerGigabyte) / 1e9,
    unit: 'USD',
    note: `${each(usage.logBytes).toFixed(0)} bytes`,
  });
}
