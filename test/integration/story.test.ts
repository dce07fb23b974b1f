import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { tellStory } from './story.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(async () => {
  await stack.stop();
});

describe('the main job', () => {
  it.each(['http', 'socket'] as const)(
    'works from the first question to the reload, sent over %s',
    async (way) => {
      await tellStory(stack, { sendOver: way });
      expect(stack.problems).toEqual([]);
    },
  );
});
