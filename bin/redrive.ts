/** `npm run redrive`: settles what the streams and the reminders gave up, at a deployed stage or at a local server. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { openClients, type Clients } from '../lib/redrive/clients.ts';
import { placesIn, type RedrivePlaces } from '../lib/redrive/places.ts';
import type { Tally } from '../lib/redrive/queue.ts';
import { redriveRecords, redriveReminders } from '../lib/redrive/redrive.ts';
import { redriveRoom } from '../lib/redrive/room.ts';

const HELP = `npm run redrive -- [--stage NAME] [--url http://localhost:4000] [--room ID [--after SEQ]]

Empties the dead-letter queues after their cause is mended: records of the streams are read again and handed to
their functions, reminders go back into their queue. What still fails stays, and is named. Safe to repeat.

  --stage NAME  the stage, as last deployed from this folder (build/deploy/NAME.json); dev without it
  --url URL     a local server (npm start) instead
  --room ID     mends one room from its log instead, however long ago the failure was
  --after SEQ   only from the message behind that number on

A stream keeps its records for a day. It needs AWS credentials that may use the queues, the streams and the functions.`;

const { values: options } = parseArgs({
  options: {
    stage: { type: 'string', default: process.env['PARLEY_STAGE'] ?? 'dev' },
    url: { type: 'string' },
    room: { type: 'string' },
    after: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  console.log(HELP);
} else {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function main(): Promise<void> {
  const places = placesIn(await readOutputs());
  const clients = openClients(options.url);
  try {
    const isWhole =
      options.room === undefined
        ? await emptyQueues(clients, places)
        : await mendRoom(clients, places, { roomId: options.room, after: seqFrom(options.after) });
    process.exitCode = isWhole ? 0 : 1;
  } finally {
    clients.close();
  }
}

async function readOutputs(): Promise<string> {
  if (options.url !== undefined) {
    const response = await fetch(new URL('/local/outputs', options.url)).catch(() => undefined);
    if (response?.ok) return response.text();
    throw new Error(`Nothing answers at ${options.url}: run npm start first.`);
  }
  const file = `build/deploy/${options.stage}.json`;
  try {
    return readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');
  } catch (cause) {
    throw new Error(
      `There is no ${file}: deploy the stage from here first, or name a local server with --url.`,
      { cause },
    );
  }
}

async function emptyQueues(clients: Clients, places: RedrivePlaces): Promise<boolean> {
  const records = report('records of the streams', await redriveRecords(clients, places));
  return report('reminders', await redriveReminders(clients, places)) && records;
}

function report(what: string, { done, kept }: Tally): boolean {
  console.log(`Letters of ${what}: ${done} settled, ${kept.length} left.`);
  for (const reason of kept) console.log(`  ${reason}`);
  return kept.length === 0;
}

async function mendRoom(
  clients: Clients,
  places: RedrivePlaces,
  part: { roomId: string; after: number },
): Promise<boolean> {
  const { messages, outcome } = await redriveRoom(clients, places, part);
  const end = outcome.settled ? 'settled' : `not settled: ${outcome.reason}`;
  console.log(`Room ${part.roomId}: ${messages} messages read, ${end}.`);
  return outcome.settled;
}

function seqFrom(text: string): number {
  const seq = Number(text);
  if (Number.isSafeInteger(seq) && seq >= 0) return seq;
  throw new Error(`--after must be the number of a message, not "${text}".`);
}
