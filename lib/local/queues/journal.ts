/** What waits in the queues, kept in the data folder line by line, so that a restart loses no reminder. */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { jsonOf, numberOf, textOf } from '../json.ts';
import type { QueueMessage } from './queue.ts';

/** The queues' memory over restarts. */
export interface Journal {
  /** What was stored and never gone when the journal was opened; every attempt counts anew. */
  kept(queueName: string): readonly QueueMessage[];
  stored(queueName: string, message: QueueMessage): void;
  gone(queueName: string, messageId: string): void;
}

/** Where nothing is kept. */
const NO_JOURNAL: Journal = { kept: () => [], stored: () => undefined, gone: () => undefined };

/** Opens the journal of a data folder, which must exist, and shortens it to what still waits. */
export function openJournal(dataFolder: string | undefined): Journal {
  if (dataFolder === undefined) return NO_JOURNAL;
  const file = path.join(dataFolder, 'queues.jsonl');
  const queues = existsSync(file) ? read(file) : new Map<string, Messages>();
  const lines = [...queues].flatMap(([queue, messages]) =>
    [...messages.values()].map((message) => lineOf({ queue, message })),
  );
  // A crash in the middle leaves the old file.
  writeFileSync(`${file}.new`, lines.join(''));
  renameSync(`${file}.new`, file);
  return {
    kept: (queue) => [...(queues.get(queue)?.values() ?? [])],
    stored: (queue, message) => appendFileSync(file, lineOf({ queue, message })),
    gone: (queue, gone) => appendFileSync(file, lineOf({ queue, gone })),
  };
}

type Messages = Map<string, QueueMessage>;

function lineOf(entry: object): string {
  return `${JSON.stringify(entry)}\n`;
}

function read(file: string): Map<string, Messages> {
  const queues = new Map<string, Messages>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const entry = parse(line);
    const queue = textOf(entry['queue']);
    const messages = queues.get(queue) ?? new Map<string, QueueMessage>();
    queues.set(queue, messages);
    const { messageId, body, sentAt, visibleAt } = jsonOf(entry['message']);
    messages.delete(textOf(entry['gone']));
    if (typeof messageId !== 'string') continue;
    messages.set(messageId, {
      messageId,
      body: textOf(body),
      sentAt: numberOf(sentAt, 0),
      visibleAt: numberOf(visibleAt, 0),
      receiveCount: 0,
      firstReceivedAt: undefined,
    });
  }
  return queues;
}

/** The last line may be cut off by a crash: nobody was told that it is stored. */
function parse(line: string) {
  try {
    return jsonOf(JSON.parse(line === '' ? '{}' : line));
  } catch {
    return {};
  }
}
