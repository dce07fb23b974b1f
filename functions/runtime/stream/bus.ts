/** The EventBridge bus: events that the deployment wants, each taken or the whole call failed. */
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';

import type { Bus } from '#core/bus/bus.ts';
import type { BusEvent } from '#protocol/events.ts';
import { EVENT_SOURCE } from '#protocol/ids.ts';

import { count } from '../metrics.ts';
import { clientDefaults, DEFAULT_TIMEOUT_MS } from './client-defaults.ts';

/** PutEvents takes so many entries, and so many bytes of them, at once. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/** What EventBridge counts for an entry's time. */
const TIME_BYTES = 14;

export interface BusOptions {
  readonly busName: string;
  /** The types of events that are published. */
  readonly types: readonly string[];
  readonly timeoutMs?: number;
}

/** The bus of a deployment. */
export function createBus({ busName, types, timeoutMs = DEFAULT_TIMEOUT_MS }: BusOptions): Bus {
  const client = new EventBridgeClient(clientDefaults(timeoutMs));
  const wanted = new Set(types);
  return {
    wants: (type) => wanted.has(type),
    publish: async (events) => {
      const entries = events
        .filter(({ type }) => wanted.has(type))
        .map((event) => entryOf(busName, event));
      for (const batch of batchesOf(entries)) await putAll(client, batch);
      if (entries.length > 0) count('EventsPublished', entries.length);
    },
  };
}

/** An event as EventBridge takes it. */
export function entryOf(busName: string, { type, detail }: BusEvent): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: type,
    Detail: JSON.stringify(detail),
    Time: new Date(detail.at),
  };
}

/**
 * As few calls as hold all entries, in their order.
 * @throws Error naming an event that no call can hold: a message is far smaller, for a frame holds it
 */
export function batchesOf(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const batches: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    if (bytes > MAX_BYTES) throw new Error(`${entry.DetailType} has ${bytes} bytes.`);
    const last = batches.at(-1);
    if (last !== undefined && last.length < MAX_ENTRIES && bytes <= room) {
      last.push(entry);
      room -= bytes;
    } else {
      batches.push([entry]);
      room = MAX_BYTES - bytes;
    }
  }
  return batches;
}

function bytesOf({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number {
  return (
    TIME_BYTES + [Source, DetailType, Detail].reduce((sum, it) => sum + Buffer.byteLength(it), 0)
  );
}

async function putAll(client: EventBridgeClient, batch: PutEventsRequestEntry[]): Promise<void> {
  const { FailedEntryCount = 0, Entries = [] } = await client.send(
    new PutEventsCommand({ Entries: batch }),
  );
  if (FailedEntryCount === 0) return;
  const codes = new Set(Entries.flatMap(({ ErrorCode }) => ErrorCode ?? []));
  throw new Error(
    `EventBridge did not take ${FailedEntryCount} of ${batch.length} events: ${[...codes].join()}.`,
  );
}
