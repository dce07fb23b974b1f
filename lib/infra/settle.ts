/** What settles after a commit: the tables' streams feeding their functions, and the queue for what fails for good. */
import { Duration, Validations } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

import type { ChatFunction } from './chat-function.ts';
import type { ChatTables } from './data-stack.ts';

/** The consumers of the streams. */
export interface SettleProps {
  readonly tables: ChatTables;
  readonly messages: ChatFunction;
  readonly connections: ChatFunction;
}

interface Consumer {
  readonly table: Table;
  readonly handler: ChatFunction;
  /** Kinds of changes; the others cost nothing. */
  readonly events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  /** How long records gather, so that a busy minute costs few invocations. */
  readonly windowSeconds: number;
  /** Batches of one shard in work at once; the order is kept per partition key. */
  readonly readersPerShard: number;
}

/** The streams' consumers. */
export class Settle extends Construct {
  readonly failures: Queue;

  constructor(scope: Construct, id: string, props: SettleProps) {
    super(scope, id);
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'This queue is the dead-letter queue, read by people.';
    Validations.of(this.failures).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    this.#consume('Messages', {
      table: props.tables.messages,
      handler: props.messages,
      // A row is rewritten only where its message changes, and that is to reach everybody and the bus.
      events: ['INSERT', 'MODIFY'],
      // The handlers have pushed and summed up already; only what a dead one left waits for this.
      windowSeconds: 1,
      readersPerShard: 1,
    });
    // A rewritten connection (its expiry moved) says nothing about presence.
    const presence = { table: props.tables.connections, handler: props.connections };
    this.#consume('Arrivals', {
      ...presence,
      events: ['INSERT'],
      windowSeconds: 0,
      readersPerShard: 1,
    });
    // The grace before a member is called offline passes here, where waiting costs nothing.
    this.#consume('Departures', {
      ...presence,
      events: ['REMOVE'],
      windowSeconds: 10,
      // A batch that filled early waits out its grace in the function; others must not wait with it.
      readersPerShard: 10,
    });
  }

  /** Bounded in every way: by default one bad record blocks its shard for a day. */
  #consume(id: string, { table, handler, ...settings }: Consumer): void {
    const streamArn = table.tableStreamArn ?? '';
    handler.role.addToPolicy(
      new PolicyStatement({
        actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: [streamArn],
      }),
    );
    this.failures.grantSendMessages(handler.role);
    const mapping = new CfnEventSourceMapping(this, id, {
      functionName: handler.lambda.functionName,
      eventSourceArn: streamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      maximumBatchingWindowInSeconds: settings.windowSeconds,
      parallelizationFactor: settings.readersPerShard,
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
      destinationConfig: { onFailure: { destination: this.failures.queueArn } },
      filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: settings.events }) }] },
    });
    mapping.node.addDependency(handler.role);
  }
}
