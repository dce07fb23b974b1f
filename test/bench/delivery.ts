/** How fast a message gets from one person to the other here, how many per second, and whose processor time they take. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { LoadResult } from '../../bin/load.ts';
import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { Child } from './child.ts';
import { type ProcessorTime, processorTime } from './processor.ts';
import { BENCH_STACK } from './scene.ts';
import { quantile, report, section } from './table.ts';

const RUNS = 3;
const PACED = { pairs: 20, rate: 50, seconds: 6 } as const;
const CLOSED = { pairs: 50, rate: null, seconds: 4 } as const;
/** Each of a function's environments compiles for itself, so this takes a while. */
const WARM_UP = { pairs: 20, rate: null, seconds: 8 } as const;
/** A stream's batch waits for a second. */
const STREAMS_REST_MS = 1_500;

interface Run {
  readonly result: LoadResult;
  /** For every thousand messages, in seconds. */
  readonly cpu: ProcessorTime;
}

/** Loads a stack in this process from another one. */
export async function benchDelivery(): Promise<void> {
  const stack = await startLocalStack(BENCH_STACK);
  const child = new Child();
  try {
    await child.load({ url: stack.url, ...WARM_UP });
    section(`Delivery, send to receipt: 20 pairs at 50 messages/s (median of ${RUNS} runs)`);
    const paced = await runs(() => runOnce(stack, child, PACED));
    reportDelays(paced);
    reportProcessor(paced);
    section(`Closed loop: 50 pairs, each answers what it hears (median of ${RUNS} runs)`);
    const closed = await runs(() => runOnce(stack, child, CLOSED));
    const rate = medianOf(closed, ({ result }) => result.messagesPerSecond);
    report({ name: 'messages per second', value: rate, unit: '/s', budget: 200, atLeast: true });
    reportFaults(closed);
    reportProcessor(closed);
  } finally {
    await child.end();
    await stack.stop();
  }
}

async function runs(once: () => Promise<Run>): Promise<Run[]> {
  const all: Run[] = [];
  for (let count = 0; count < RUNS; count += 1) all.push(await once());
  return all;
}

async function runOnce(
  stack: LocalStack,
  child: Child,
  plan: { pairs: number; rate: number | null; seconds: number },
): Promise<Run> {
  let before: ProcessorTime | undefined;
  let after: ProcessorTime | undefined;
  const result = await child.load(
    { url: stack.url, ...plan },
    {
      ready: async () => {
        await sleep(STREAMS_REST_MS);
        before = processorTime(stack);
      },
      heard: async () => {
        await sleep(STREAMS_REST_MS);
        after = processorTime(stack);
      },
    },
  );
  if (!before || !after) throw new Error('The load did not pass its marks.');
  const perThousand = (used: number) => used / result.sent;
  return {
    result,
    cpu: {
      handlers: perThousand(after.handlers - before.handlers),
      presence: perThousand(after.presence - before.presence),
      gateway: perThousand(after.gateway - before.gateway),
      runtime: perThousand(after.runtime - before.runtime),
      database: perThousand(after.database - before.database),
    },
  };
}

function reportDelays(paced: readonly Run[]): void {
  const p50 = medianOf(paced, ({ result }) => result.p50);
  const p99 = medianOf(paced, ({ result }) => result.p99);
  report({ name: 'p50', value: p50, unit: 'ms', budget: 10 });
  report({ name: 'p99', value: p99, unit: 'ms', budget: 50, note: spreadOf(paced) });
  reportFaults(paced);
}

function reportFaults(all: readonly Run[]): void {
  for (const fault of ['lost', 'doubled', 'outOfOrder', 'failed'] as const) {
    const value = all.reduce((sum, { result }) => sum + result[fault], 0);
    report({ name: fault === 'outOfOrder' ? 'out of order' : fault, value, unit: '', budget: 0 });
  }
}

/** Seconds per thousand messages are milliseconds per message. */
function reportProcessor(all: readonly Run[]): void {
  const of = (part: keyof ProcessorTime) => medianOf(all, ({ cpu }) => cpu[part]);
  const unit = 's per 1,000';
  report({ name: 'CPU, handlers with all invocations', value: of('handlers'), unit, budget: 4 });
  report({ name: 'CPU, sockets that come and go (not of messages)', value: of('presence'), unit });
  report({ name: 'CPU, gateway', value: of('gateway'), unit });
  report({
    name: 'CPU, Node around the handlers (compiling, collecting)',
    value: of('runtime'),
    unit,
  });
  report({ name: 'CPU, database', value: of('database'), unit });
}

function medianOf(all: readonly Run[], figure: (run: Run) => number): number {
  return quantile(all.map(figure), 0.5);
}

function spreadOf(all: readonly Run[]): string {
  return `runs: ${all.map(({ result }) => result.p99.toFixed(0)).join(', ')} ms`;
}
