/** A queue and a bus that record what they are given, in AWS's own protocol, and fail when told to. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { BusEvent } from '#protocol/events.ts';
import type { Reminder } from '#core/reminders/reminder.ts';

type Call = 'SendMessage' | 'PutEvents';

/** What was asked of the services so far, oldest first. */
export interface FakeAws {
  readonly url: string;
  readonly queued: { readonly reminder: Reminder; readonly delaySeconds: number }[];
  readonly published: BusEvent[];
  /** The size of each PutEvents call. */
  readonly batches: number[];
  /** Calls that are refused with 400, as something wrong with them. */
  readonly refused: Set<Call>;
  /** Calls that are never answered. */
  readonly hanging: Set<Call>;
  /** Events whose entry fails while the call succeeds. */
  failsEntry: (event: BusEvent) => boolean;
  readonly stop: () => void;
}

interface AnyInput {
  readonly MessageBody: string;
  readonly DelaySeconds: number;
  readonly Entries: Entry[];
}

interface Entry {
  readonly Source: string;
  readonly DetailType: BusEvent['type'];
  readonly Detail: string;
  readonly EventBusName: string;
}

/** Starts both on one port. */
export async function startFakeAws(): Promise<FakeAws> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const call = String(request.headers['x-amz-target']).split('.')[1] as Call;
      if (aws.hanging.has(call)) return;
      const isRefused = aws.refused.has(call);
      const answer = isRefused
        ? { __type: 'InvalidParameterValue', message: 'The test refuses it.' }
        : answers[call](JSON.parse(Buffer.concat(parts).toString()));
      response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer));
    });
  });
  const answers: Record<Call, (input: AnyInput) => object> = {
    SendMessage: (input) => {
      const reminder = JSON.parse(input.MessageBody) as Reminder;
      aws.queued.push({ reminder, delaySeconds: input.DelaySeconds });
      const MD5OfMessageBody = createHash('md5').update(input.MessageBody).digest('hex');
      return { MessageId: randomUUID(), MD5OfMessageBody };
    },
    PutEvents: (input) => {
      const events = input.Entries.map(toEvent);
      aws.batches.push(events.length);
      const failed = events.filter(aws.failsEntry);
      aws.published.push(...events.filter((event) => !failed.includes(event)));
      return {
        FailedEntryCount: failed.length,
        Entries: events.map((event) =>
          failed.includes(event) ? { ErrorCode: 'InternalFailure' } : { EventId: randomUUID() },
        ),
      };
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const aws: FakeAws = {
    url: `http://127.0.0.1:${port}`,
    queued: [],
    published: [],
    batches: [],
    refused: new Set(),
    hanging: new Set(),
    failsEntry: () => false,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return aws;
}

function toEvent({ Source, DetailType, Detail, EventBusName }: Entry): BusEvent {
  if (Source !== 'parley' || EventBusName !== 'parley-test') {
    throw new Error(`An event of ${Source} for ${EventBusName}.`);
  }
  return { type: DetailType, detail: JSON.parse(Detail) };
}
