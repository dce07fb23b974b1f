/** The bus for people: a line per event in the terminal, and `GET /local/events` for curl and scripts. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { textOf } from '../json.ts';
import type { DeliveredEvent, EventLog } from './event-buses.ts';

/** Answers `/local/events`. */
export interface EventTail {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** `16:05:47 message.created  d-abc#7  {"roomId":…}`: time in UTC, type, key, and the whole detail. */
export function eventLine({ time, 'detail-type': type, detail }: DeliveredEvent): string {
  const { key, ...rest } = detail;
  return `${time.slice(11, 19)} ${type}  ${textOf(key, '-')}  ${JSON.stringify(rest)}`;
}

/**
 * A line of JSON per event: `?after=ID` leaves out what came up to that event, `?follow` stays and
 * writes what comes. Only this machine can ask.
 */
export function createEventTail(log: EventLog): EventTail {
  return {
    handle(request, response) {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (request.method !== 'GET') {
        response.writeHead(405, { 'content-type': 'text/plain', allow: 'GET' }).end('Use GET.\n');
        return Promise.resolve();
      }
      response.writeHead(200, {
        'content-type': 'application/x-ndjson',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      for (const event of log.list(searchParams.get('after') ?? undefined)) write(response, event);
      if (searchParams.has('follow')) follow(log, response);
      else response.end();
      return Promise.resolve();
    },
  };
}

function follow(log: EventLog, response: ServerResponse): void {
  // The headers go out now: who follows an empty bus shall see that he is connected.
  response.flushHeaders();
  response.on(
    'close',
    log.subscribe((event) => write(response, event)),
  );
}

function write(response: ServerResponse, event: DeliveredEvent): void {
  response.write(`${JSON.stringify(event)}\n`);
}
