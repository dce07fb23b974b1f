/** A stream's function, called as its mapping calls it. */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { EventRecord } from './stream-records.ts';

/** What became of records: `reason` says why some are not settled. */
export type Replay =
  | { readonly settled: true }
  | { readonly settled: false; readonly reason: string };

/** Hands records to a function once more. What it settled before it leaves as it is. */
export async function replay(
  client: LambdaClient,
  functionName: string,
  records: readonly EventRecord[],
): Promise<Replay> {
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: functionName,
      Payload: Buffer.from(JSON.stringify({ Records: records })),
    }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) return { settled: false, reason: text };
  const failures = failuresIn(JSON.parse(text === '' ? 'null' : text));
  if (failures === 0) return { settled: true };
  const reason = `its function could not settle ${failures} of ${records.length} groups of records; the log says why`;
  return { settled: false, reason };
}

function failuresIn(answer: unknown): number {
  const isReport = typeof answer === 'object' && answer !== null && 'batchItemFailures' in answer;
  const failures = isReport ? answer.batchItemFailures : [];
  return Array.isArray(failures) ? failures.length : 0;
}
