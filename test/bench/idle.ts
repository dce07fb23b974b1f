/** What a thousand people who say nothing take of the stack's memory. */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { Child } from './child.ts';
import { BENCH_STACK } from './scene.ts';
import { report, section } from './table.ts';

const SOCKETS = 1_000;
/** As many come and go first, so that the functions and their heaps are there already. */
const WARM_UP = 400;
const SETTLE_MS = 3_000;
const MEGABYTE = 1024 * 1024;

/** Opens the sockets from another process. */
export async function benchIdle(): Promise<void> {
  section(
    `Memory of ${SOCKETS.toLocaleString('en')} idle sockets (the stack's process, after a collection)`,
  );
  const stack = await startLocalStack(BENCH_STACK);
  const child = new Child();
  try {
    await open(stack, child, WARM_UP);
    await child.order({ kind: 'close' });
    const before = await memoryAtRest();
    await open(stack, child, SOCKETS);
    const after = await memoryAtRest();
    report({ name: 'resident', value: (after.rss - before.rss) / MEGABYTE, unit: 'MB' });
    const heapOf = ({ heapUsed, external }: NodeJS.MemoryUsage) => heapUsed + external;
    const heap = (heapOf(after) - heapOf(before)) / MEGABYTE;
    report({ name: 'of which the gateway holds', value: heap, unit: 'MB' });
  } finally {
    await child.end();
    await stack.stop();
  }
}

async function open(stack: LocalStack, child: Child, count: number): Promise<void> {
  const people = Array.from({ length: count }, () =>
    stack.token({ sub: crypto.randomUUID(), role: 'customer', name: 'ნინო' }),
  );
  const tokens = await Promise.all(people);
  await child.order({ kind: 'open', socketUrl: stack.socketUrl, tokens });
  const { connections } = stack.runtime.figures();
  if (connections < count) throw new Error(`Only ${connections} of ${count} sockets are open.`);
}

async function memoryAtRest(): Promise<NodeJS.MemoryUsage> {
  await sleep(SETTLE_MS);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage();
}
