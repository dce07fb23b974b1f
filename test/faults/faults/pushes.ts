/** The faults of the connections API, as a sky sends them: 410, 429, 413, 500, lateness, and a death between two pushes. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RuntimeOptions } from '../../../lib/local/runtime.ts';
import type { Kill } from './database.ts';
import type { FaultKind, Sky } from './weather.ts';

type WrapPushes = NonNullable<RuntimeOptions['wrapPushes']>;

/** An answer as API Gateway gives it. */
interface Refusal {
  readonly status: number;
  readonly name: string;
}

const GONE = { status: 410, name: 'GoneException' };
const REFUSALS: readonly [FaultKind, 'fullPushes' | 'largePushes' | 'failedPushes', Refusal][] = [
  ['push refused for its rate', 'fullPushes', { status: 429, name: 'LimitExceededException' }],
  ['push refused for its size', 'largePushes', { status: 413, name: 'PayloadTooLargeException' }],
  ['push failed', 'failedPushes', { status: 500, name: 'InternalFailureException' }],
];

/** For `wrapPushes` of the runtime. */
export function pushFaults(sky: Sky, kill: Kill): WrapPushes {
  return (handle, connections) => async (request, response) => {
    if (request.method !== 'POST') return handle(request, response);
    const { weather } = sky;
    const what = ['push', isolate(request)];
    if (sky.strikes('push slow', weather.slowPushes, what)) {
      await sleep(sky.roll('how late', ...what) * weather.slowPushMs);
    }
    if (sky.strikes('push gone', weather.gonePushes, what)) {
      // It says so of a socket that is no more, so the socket goes first.
      connections.disconnect(connectionOf(request));
      return refuse(request, response, GONE);
    }
    for (const [kind, share, refusal] of REFUSALS) {
      if (sky.strikes(kind, weather[share], what)) return refuse(request, response, refusal);
    }
    await handle(request, response);
    const trace = String(request.headers['x-amzn-trace-id'] ?? '');
    if (sky.strikes('death between two pushes', weather.deaths, what)) kill(trace);
    return undefined;
  };
}

/** Connection ids are new in every run: pushes are told apart by their size alone. */
function isolate({ headers }: IncomingMessage): string {
  return headers['content-length'] ?? '';
}

function connectionOf({ url = '' }: IncomingMessage): string {
  return decodeURIComponent(url.split('?', 1)[0]?.split('/').at(-1) ?? '');
}

function refuse(
  request: IncomingMessage,
  response: Parameters<ReturnType<WrapPushes>>[1],
  { status, name }: Refusal,
): void {
  // What of the body nobody read must flow off, or the connection cannot be used again.
  request.resume();
  const text = JSON.stringify({ message: name });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-amzn-errortype': name,
  });
  response.end(text);
}
