/** How away people are told: the queue in which reminders wait, and the bus from which the marketplace takes its events. */
import { Duration, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { ChatFunction } from './chat-function.ts';
import type { ChatConfig } from './config.ts';

/** What the queue and the bus are made of. */
export interface RemindersProps {
  readonly config: ChatConfig;
  /** How long the function that takes reminders out of the queue may work. */
  readonly timeout: Duration;
}

const QUEUE_DEFAULTS: QueueProps = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

/** Receives of a reminder before it is given up. */
const MAX_RECEIVES = 5;
/** Batches at once: a flood of reminders must not take the functions of people who are there. */
const MAX_CONCURRENCY = 10;

/** The queue and the bus. The functions come later, because they must know both. */
export class Reminders extends Construct {
  readonly queue: Queue;
  readonly bus: EventBus;
  /** Reminders that failed for good, for people to read. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { config, timeout }: RemindersProps) {
    super(scope, id);
    this.failures = new Queue(this, 'Failures', QUEUE_DEFAULTS);
    const reason = 'This queue is the dead-letter queue, read by people.';
    Validations.of(this.failures).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    this.queue = new Queue(this, 'Queue', {
      ...QUEUE_DEFAULTS,
      // As AWS recommends: Lambda may be throttled and try again within it.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.failures, maxReceiveCount: MAX_RECEIVES },
    });
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `parley-${config.stage}`,
      description: 'What happens in the chat, for mails, pushes and statistics',
    });
  }

  /**
   * Lets the functions tell, and feeds the queue to the second.
   * @param messages fills the queue from the log
   * @param reminders empties it, and puts back what is not due yet
   */
  connect(messages: ChatFunction, reminders: ChatFunction): void {
    const received = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
    this.#allow(messages, ['SendMessage']);
    this.#allow(reminders, ['SendMessage', ...received]);
    const mapping = new CfnEventSourceMapping(this, 'Due', {
      functionName: reminders.lambda.functionName,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: MAX_CONCURRENCY },
    });
    mapping.node.addDependency(reminders.role);
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'Destinations are for streams: what fails here goes to the queue’s own dead-letter queue.',
    });
  }

  /** Not `grantSendMessages`: it would add calls that nobody makes. */
  #allow({ role }: ChatFunction, calls: readonly string[]): void {
    const actions = calls.map((call) => `sqs:${call}`);
    role.addToPolicy(new PolicyStatement({ actions, resources: [this.queue.queueArn] }));
    role.addToPolicy(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }),
    );
  }
}
