/** The faults of the database, as a sky sends them: throttling, lost answers, failures, latency, conflicts, and deaths of the callers. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Answer, Answered, DatabaseCall, DatabaseFault, Item } from './proxy.ts';
import type { Death, Sky } from './weather.ts';

/** Ends the environment whose invocation has that tracing header. */
export type Kill = (trace: string) => boolean;

/** All of them; the first stands next to the functions. */
export function databaseFaults(sky: Sky, kill: Kill): readonly DatabaseFault[] {
  return [deaths(sky, kill), slowness(sky), failures(sky), conflicts(sky)];
}

/** An environment dies at the put that commits, before or after it; or after the summary, before it answers. */
function deaths(sky: Sky, kill: Kill): DatabaseFault {
  const strikes = (death: Death, call: DatabaseCall) =>
    sky.strikes(`death ${death}`, sky.weather.deaths, identityOf(call)) && kill(call.trace);
  return async (call, next) => {
    const isCommit = isPutOfMessage(call);
    if (isCommit && strikes('before the commit', call)) return null;
    const answer = await next();
    if (isCommit && strikes('after the commit', call)) return null;
    if (isSummary(call) && strikes('before the answer', call)) return null;
    return answer;
  };
}

function slowness(sky: Sky): DatabaseFault {
  return async (call, next) => {
    const { slow, slowMs } = sky.weather;
    const what = identityOf(call);
    if (sky.strikes('slow', slow, what)) await sleep(sky.roll('how slow', ...what) * slowMs);
    return next();
  };
}

function failures(sky: Sky): DatabaseFault {
  return async (call, next) => {
    const { throttled, serverErrors, lostAnswers } = sky.weather;
    const what = identityOf(call);
    if (sky.strikes('throttled', throttled, what)) return THROTTLED;
    if (sky.strikes('server error', serverErrors, what)) {
      if (sky.roll('done', ...what) < 0.5) await next();
      return FAILED;
    }
    const answer = await next();
    return sky.strikes('answer lost', lostAnswers, what) ? null : answer;
  };
}

function conflicts(sky: Sky): DatabaseFault {
  return async (call, next): Promise<Answered> => {
    const isRefused =
      isPutOfMessage(call) && sky.strikes('conflict', sky.weather.conflicts, identityOf(call));
    return isRefused ? REFUSED : next();
  };
}

const THROTTLED = refusal(400, 'ProvisionedThroughputExceededException', 'Too much at once.');
const FAILED = refusal(500, 'InternalServerError', 'Internal server error.');
const REFUSED = refusal(400, 'ConditionalCheckFailedException', 'The conditional request failed');

function refusal(status: number, name: string, message: string): Answer {
  const type = `com.amazonaws.dynamodb.v20120810#${name}`;
  return { status, text: JSON.stringify({ __type: type, message }) };
}

function isPutOfMessage({ operation, table, body }: DatabaseCall): boolean {
  return operation === 'PutItem' && table === 'Messages' && body.Item?.['sender'] !== undefined;
}

function isSummary({ operation, table }: DatabaseCall): boolean {
  return operation === 'UpdateItem' && table === 'Rooms';
}

/** Which call this is, as far as a replay has the same: not what is random or a time in it. */
function identityOf({ operation, table, body }: DatabaseCall): string[] {
  const item: Item = body.Key ?? body.Item ?? {};
  const names = ['roomId', 'part', 'seq', 'id', 'member', 'item'];
  const values = names.flatMap((name) => Object.values(item[name] ?? {}).map(String));
  return [operation, table, ...values];
}
