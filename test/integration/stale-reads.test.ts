import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { type FaultProxy, startFaultProxy } from '../faults/faults/proxy.ts';
import { staleReads } from '../faults/faults/stale-reads.ts';
import { tellStory } from './story.ts';

/** Longer than a person's next step, shorter than what `eventually` waits. */
const STALE_MS = 1_500;

let stack: LocalStack;
let proxy: FaultProxy | undefined;
const stale = staleReads(() => STALE_MS);

beforeAll(async () => {
  stack = await startLocalStack({
    functionsDatabase: async (endpoint) => {
      proxy = await startFaultProxy(endpoint, [stale.fault]);
      return proxy.url;
    },
  });
});

afterAll(async () => {
  await stack.stop();
  await proxy?.close();
});

describe('behind a database whose eventually consistent reads lag', () => {
  it.each(['http', 'socket'] as const)('the main job works, sent over %s', async (way) => {
    await tellStory(stack, { sendOver: way, lagMs: STALE_MS });
    expect(stack.problems).toEqual([]);
    expect(stale.count()).toBeGreaterThan(0);
  });
});
