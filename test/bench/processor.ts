/** Whose processor time it was: the handlers', the gateways' or the database's. */
import { readFileSync } from 'node:fs';

import type { LocalStack } from '../support/local-stack.ts';

/** Milliseconds since the start, by part. */
export interface ProcessorTime {
  /** Every invocation of every function, the streams' too. */
  readonly handlers: number;
  /** The stack's process without its invocations: gateways, streams' readers, issuer. */
  readonly gateway: number;
  readonly database: number;
}

/** Linux counts in hundredths of a second. */
const MS_PER_TICK = 10;

/** What was used so far. Loading a function is on nobody's account. */
export function processorTime(stack: LocalStack): ProcessorTime {
  const { functions, enginePid } = stack.runtime.figures();
  let handlers = 0;
  let loading = 0;
  for (const figures of Object.values(functions)) {
    handlers += figures.cpuMs;
    loading += figures.initCpuMs;
  }
  const { user, system } = process.cpuUsage();
  return {
    handlers,
    gateway: (user + system) / 1_000 - handlers - loading,
    database: enginePid === undefined ? Number.NaN : timeOf(enginePid),
  };
}

/** User and system time of another process; the fields after its name, which may hold anything. */
function timeOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
