import { describe, expect, it } from 'vitest';

import { queueMappingOf, queueOf } from '../../../lib/local/template/queue-models.ts';
import { aResource, among } from '../fixtures/resources.ts';

const failures = aResource('AWS::SQS::Queue', 'Failures');
const worker = aResource('AWS::Lambda::Function', 'Frame', { Timeout: 60 });

const queueWith = (properties: object) => aResource('AWS::SQS::Queue', 'Reminders', properties);

const mappingWith = (properties: object = {}) =>
  aResource('AWS::Lambda::EventSourceMapping', 'Mapping', {
    EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:Chat-Reminders',
    FunctionName: 'Chat-Frame',
    ...properties,
  });

describe('queueOf', () => {
  it("fills in SQS's own defaults", () => {
    expect(queueOf(failures, among(failures))).toEqual({
      logicalId: 'Chat/Failures',
      queueName: 'Chat-Failures',
      arn: 'arn:aws:sqs:us-east-1:000000000000:Chat-Failures',
      delayMs: 0,
      visibilityTimeoutMs: 30_000,
      retentionMs: 4 * 86_400_000,
      redrive: undefined,
    });
  });

  it('reads delay, visibility, retention and redrive', () => {
    const queue = queueWith({
      DelaySeconds: 60,
      VisibilityTimeout: 90,
      MessageRetentionPeriod: 600,
      RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:r:1:Chat-Failures', maxReceiveCount: 5 },
    });
    expect(queueOf(queue, among(failures, queue))).toMatchObject({
      delayMs: 60_000,
      visibilityTimeoutMs: 90_000,
      retentionMs: 600_000,
      redrive: { queueId: 'Chat/Failures', maxReceives: 5 },
    });
  });

  it('names a queue for dead letters that is not there', () => {
    const RedrivePolicy = { deadLetterTargetArn: 'arn:aws:sqs:r:1:Lost', maxReceiveCount: 5 };
    expect(() => queueOf(queueWith({ RedrivePolicy }), among(failures))).toThrow(
      /Chat\/Reminders names a queue that is not in the template: .*Lost/u,
    );
  });

  it('refuses a FIFO queue', () => {
    expect(() => queueOf(queueWith({ FifoQueue: true }), among())).toThrow(/not FIFO/u);
  });
});

describe('queueMappingOf', () => {
  const queue = queueWith({ VisibilityTimeout: 60 });

  it("fills in Lambda's own defaults", () => {
    expect(queueMappingOf(mappingWith(), among(queue, worker))).toEqual({
      logicalId: 'Chat/Mapping',
      queueId: 'Chat/Reminders',
      functionId: 'Chat/Frame',
      batchSize: 10,
      batchWindowMs: 0,
      reportsItemFailures: false,
      maxConcurrency: undefined,
    });
  });

  it('reads batches, partial failures and concurrency', () => {
    const mapping = mappingWith({
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    expect(queueMappingOf(mapping, among(queue, worker))).toMatchObject({
      batchSize: 5,
      batchWindowMs: 2_000,
      reportsItemFailures: true,
      maxConcurrency: 3,
    });
  });

  it('refuses a queue whose messages come again before the function can be done', () => {
    const hasty = queueWith({ VisibilityTimeout: 59 });
    expect(() => queueMappingOf(mappingWith(), among(hasty, worker))).toThrow(
      /visibility timeout of Chat\/Reminders \(59 s\) is less than .* Chat\/Frame \(60 s\)/u,
    );
  });
});
