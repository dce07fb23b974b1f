/** A queue of dead letters, gone through once: what is dealt with is deleted, what is not stays. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** What became of a letter: null where it is dealt with, otherwise why it stays. */
export type Outcome = string | null;

/** How a run went. */
export interface Tally {
  readonly done: number;
  /** A line for each letter that stays. */
  readonly kept: readonly string[];
}

/** Long enough for a function's minute, and for the letters received with it. */
const HIDDEN_SECONDS = 900;
const BATCH = 10;

/** Deals with every letter of a queue, one after the other; one that fails holds no other up. */
export async function goThrough(
  client: SQSClient,
  QueueUrl: string,
  deal: (body: string) => Promise<Outcome>,
): Promise<Tally> {
  const kept = new Map<string, { readonly handle: string; readonly reason: string }>();
  /** One that was kept is received again where a run takes longer than it is hidden: only its handle is new. */
  const next = async () => {
    const batch = await receive(client, QueueUrl);
    for (const { MessageId = '', ReceiptHandle: handle = '' } of batch) {
      const before = kept.get(MessageId);
      if (before !== undefined) kept.set(MessageId, { ...before, handle });
    }
    return batch.filter(({ MessageId = '' }) => !kept.has(MessageId));
  };
  let done = 0;
  try {
    for (let batch = await next(); batch.length > 0; batch = await next()) {
      for (const { MessageId = '', Body = '', ReceiptHandle: handle = '' } of batch) {
        const reason = await settle(MessageId, async () => {
          const outcome = await deal(Body);
          if (outcome === null)
            await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
          return outcome;
        });
        if (reason === null) done += 1;
        else kept.set(MessageId, { handle, reason });
      }
    }
  } finally {
    // Whoever mends the cause can begin again at once.
    for (const { handle: ReceiptHandle } of kept.values()) {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
  }
  return { done, kept: [...kept.values()].map(({ reason }) => reason) };
}

/** What throws is a reason too: a run that ended there would leave its letters hidden, and the next would find none. */
async function settle(messageId: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return `Letter ${messageId}: ${String(error)}`;
  }
}

async function receive(client: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: HIDDEN_SECONDS,
      // A short poll may miss what is there.
      WaitTimeSeconds: 1,
    }),
  );
  return Messages;
}
