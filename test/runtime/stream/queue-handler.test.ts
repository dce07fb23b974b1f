/** The stack under a queue: what fails comes again, alone. */
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';

import { queueHandler } from '#runtime/stream/queue-handler.ts';

import { aContext } from '../../support/events.ts';

const record = (body: string, index: number) => ({ messageId: `m${index}`, body }) as SQSRecord;

/** A worker for texts: the first letter is the key, `!` fails, `?` cannot be read. */
function aWorker() {
  const log: string[] = [];
  const handler = queueHandler<string>({
    read: (body) => {
      if (body.includes('?')) throw new Error('unreadable');
      return body;
    },
    keyOf: (item) => item.charAt(0),
    handle: async (item) => {
      log.push(`${item} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (item.includes('!')) throw new Error('failed');
      log.push(`${item} ends`);
    },
  });
  const run = async (...bodies: string[]) => {
    const answer = await handler({ Records: bodies.map(record) }, aContext());
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted();
  };
  return { log, run };
}

describe('the handler of a queue', () => {
  it('reports exactly what failed or could not be read', async () => {
    const { log, run } = aWorker();
    expect(await run('a1', 'b!', 'c?', 'd1')).toEqual(['m1', 'm2']);
    expect(log).toContain('a1 ends');
    expect(log).toContain('d1 ends');
  });

  it('takes those of a key one after the other, also behind one that failed, and keys at once', async () => {
    const { log, run } = aWorker();
    expect(await run('a1', 'b1', 'a!', 'a3')).toEqual(['m2']);
    expect(log.slice(0, 2)).toEqual(['a1 begins', 'b1 begins']);
    expect(log.filter((line) => line.startsWith('a'))).toEqual([
      'a1 begins',
      'a1 ends',
      'a! begins',
      'a3 begins',
      'a3 ends',
    ]);
  });

  it('has nothing to do for an empty batch', async () => {
    expect(await aWorker().run()).toEqual([]);
  });
});
