/** Whose processor time it was: the handlers', the gateways' or the database's. */
import { readFileSync } from 'node:fs';

import type { LocalStack } from '../support/local-stack.ts';

/** Milliseconds since the start, by part. */
export interface ProcessorTime {
  /** Every invocation that messages cause, the streams' too. */
  readonly handlers: number;
  /** Invocations for sockets that come and go: those of the last load are still being settled. */
  readonly presence: number;
  /** The stack's main thread: gateways, streams' readers, issuer. */
  readonly gateway: number;
  /** The rest of the process: the functions' threads between invocations, compiling, collecting. */
  readonly runtime: number;
  readonly database: number;
}

const PRESENCE = /Socket(?:Authorizer|Connect|Disconnect)|StreamConnections/u;

/** Linux counts in hundredths of a second. */
const MS_PER_TICK = 10;

/** What was used so far. Loading a function is on nobody's account. */
export function processorTime(stack: LocalStack): ProcessorTime {
  const { functions, enginePid } = stack.runtime.figures();
  let handlers = 0;
  let presence = 0;
  let loading = 0;
  for (const figures of Object.values(functions)) {
    if (PRESENCE.test(figures.functionName)) presence += figures.cpuMs;
    else handlers += figures.cpuMs;
    loading += figures.initCpuMs;
  }
  const all = sumOf(process.cpuUsage());
  const gateway = sumOf(process.threadCpuUsage());
  return {
    handlers,
    presence,
    gateway,
    runtime: all - gateway - handlers - presence - loading,
    database: enginePid === undefined ? Number.NaN : timeOf(enginePid),
  };
}

function sumOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

/** User and system time of another process; the fields after its name, which may hold anything. */
function timeOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
