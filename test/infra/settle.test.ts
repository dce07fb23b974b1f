/** The streams' consumers: bounded retries, reported failures, a queue at the end. */
import { describe, expect, it } from 'vitest';

import { chatTemplate, referencesIn, resourceOf } from './stage.ts';

const template = chatTemplate();
const queue = resourceOf(template, 'AWS::SQS::Queue', 'Settle');

describe.each([
  ['Messages', 'Messages', ['INSERT', 'MODIFY'], 1, 1],
  ['Arrivals', 'Connections', ['INSERT'], 0, 1],
  ['Departures', 'Connections', ['REMOVE'], 10, 10],
])('the consumer of %s', (id, name, events, windowSeconds, readers) => {
  const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', `Settle${id}`).properties;

  it('reads the table’s stream with its own function', () => {
    expect(JSON.stringify(mapping['EventSourceArn'])).toMatch(
      new RegExp(`FnGetAtt${name}\\w+StreamArn`, 'u'),
    );
    const [handler] = referencesIn(mapping['FunctionName']);
    expect(handler?.startsWith(`Stream${name}Function`)).toBe(true);
  });

  it('starts at the horizon and sees only the changes it acts on', () => {
    expect(mapping['StartingPosition']).toBe('TRIM_HORIZON');
    expect(mapping['MaximumBatchingWindowInSeconds']).toBe(windowSeconds);
    expect(mapping['ParallelizationFactor']).toBe(readers);
    const { Filters } = mapping['FilterCriteria'] as { Filters: { Pattern: string }[] };
    expect(Filters.map((it) => JSON.parse(it.Pattern) as unknown)).toEqual([{ eventName: events }]);
  });

  it('reports failures one by one, halves failing batches and gives up after five retries', () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue.id, 'Arn'] } } },
    });
  });
});

describe('the queue of failures', () => {
  it('is encrypted and kept for two weeks', () => {
    expect(queue.properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3_600,
    });
  });

  it('refuses plain connections', () => {
    const policy = resourceOf(template, 'AWS::SQS::QueuePolicy', 'Settle').properties;
    expect(policy['PolicyDocument']).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Action: 'sqs:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
    expect(referencesIn(policy['Queues'])).toEqual([queue.id]);
  });
});
