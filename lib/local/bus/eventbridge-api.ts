/** EventBridge as the SDK calls it: `PutEvents`, each entry judged for itself. */
import { randomUUID } from 'node:crypto';

import { createJsonApi, ServiceError, type JsonApi } from '../aws/json-api.ts';
import type { Access } from '../aws/signature.ts';
import type { Guard } from '../iam/roles.ts';
import { isJson, jsonOf, listOf, textOf, textsOf, type Json } from '../json.ts';
import type { Clock } from '../model.ts';
import { arnOf, PLACE } from '../template/resource-types.ts';
import type { EventBuses } from './event-buses.ts';

/** What the API stands before. */
export interface EventBridgeApiOptions {
  readonly buses: EventBuses;
  readonly access: Access;
  readonly guard: Guard;
  readonly clock: Clock;
}

const MAX_ENTRIES = 10;
/** Of all entries of a call together. */
const MAX_BYTES = 1_048_576;
/** What EventBridge counts for an entry's time. */
const TIME_BYTES = 14;

/** Builds the API. */
export function createEventBridgeApi({
  buses,
  access,
  guard,
  clock,
}: EventBridgeApiOptions): JsonApi {
  return createJsonApi({
    target: 'AWSEvents',
    access,
    guard,
    rightsOf: (name, input) =>
      listOf(input['Entries']).flatMap((entry) => {
        const busName = buses.find(textOf(jsonOf(entry)['EventBusName']));
        if (busName === undefined) return [];
        return { action: `events:${name}`, resource: arnOf('events', `event-bus/${busName}`) };
      }),
    operations: {
      PutEvents(input) {
        const entries = listOf(input['Entries']).map(jsonOf);
        requireSize(entries);
        const Entries = entries.map((entry) => putEvent(buses, entry, clock.now()));
        return { Entries, FailedEntryCount: Entries.filter((it) => 'ErrorCode' in it).length };
      },
    },
  });
}

function requireSize(entries: readonly Json[]): void {
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    throw new ServiceError(
      'ValidationException',
      `${entries.length} entries: a call takes at least 1 and at most ${MAX_ENTRIES}.`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes < MAX_BYTES) return;
  throw new ServiceError(
    'ValidationException',
    'Total size of the entries in the request is over the limit.',
  );
}

/** As EventBridge counts: time, source, type, detail and resources. */
function sizeOf(entry: Json): number {
  const texts = [entry['Source'], entry['DetailType'], entry['Detail']].map((it) => textOf(it));
  const bytes = [...texts, ...textsOf(entry['Resources'])].map((it) => Buffer.byteLength(it));
  const timeBytes = entry['Time'] === undefined ? 0 : TIME_BYTES;
  return bytes.reduce((sum, it) => sum + it, timeBytes);
}

function putEvent(buses: EventBuses, entry: Json, now: number) {
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (textOf(entry[name]) !== '') continue;
    const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  const detail = parseDetail(textOf(entry['Detail']));
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const busName = buses.find(textOf(entry['EventBusName']));
  if (busName === undefined) {
    // At AWS a function's rights name its bus, so another one is refused there too.
    const ErrorMessage = `Event bus ${textOf(entry['EventBusName'])} does not exist.`;
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage };
  }
  const id = randomUUID();
  buses.deliver(busName, {
    version: '0',
    id,
    'detail-type': textOf(entry['DetailType']),
    source: textOf(entry['Source']),
    account: PLACE.account,
    time: timeOf(entry['Time'], now),
    region: PLACE.region,
    resources: textsOf(entry['Resources']),
    detail,
  });
  return { EventId: id };
}

function parseDetail(text: string): Json | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return isJson(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
}

/** The SDK sends epoch seconds; an event carries whole seconds. */
function timeOf(seconds: unknown, now: number): string {
  const time = typeof seconds === 'number' ? seconds * 1_000 : now;
  return new Date(time).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
