/** The queues of a template and the mappings that feed functions from them. */
import type { QueueMappingModel, QueueModel, RedriveModel } from '../model.ts';
import { isJson, jsonOf, listOf, numberOf, textOf } from '../json.ts';
import type { Resource } from './deployment.ts';
import type { FindResources } from './gateway-models.ts';
import { functionIn, requiredText } from './properties.ts';
import { PLACE } from './resource-types.ts';

/** Four days, as SQS has it where the template says nothing. */
const DEFAULT_RETENTION_SECONDS = 4 * 86_400;
const DEFAULT_VISIBILITY_SECONDS = 30;

/**
 * A queue.
 * @throws Error for a FIFO queue, which is not played here, or a redrive to a queue that is not there
 */
export function queueOf(resource: Resource, find: FindResources): QueueModel {
  const { id, properties, ref } = resource;
  if (properties['FifoQueue'] === true) {
    throw new Error(`${id}: the local runtime plays standard queues, not FIFO ones.`);
  }
  const queueName = ref.split('/').pop() ?? id;
  const milliseconds = (property: string, fallback: number) =>
    numberOf(properties[property], fallback) * 1_000;
  return {
    logicalId: id,
    queueName,
    arn: `arn:${PLACE.partition}:sqs:${PLACE.region}:${PLACE.account}:${queueName}`,
    delayMs: milliseconds('DelaySeconds', 0),
    visibilityTimeoutMs: milliseconds('VisibilityTimeout', DEFAULT_VISIBILITY_SECONDS),
    retentionMs: milliseconds('MessageRetentionPeriod', DEFAULT_RETENTION_SECONDS),
    redrive: redriveOf(resource, find),
  };
}

/** Whether an event source mapping reads a queue, not a stream. */
export function isQueueMapping({ properties }: Resource): boolean {
  return textOf(properties['EventSourceArn']).includes(':sqs:');
}

/**
 * A mapping from a queue.
 * @throws Error where a part is missing, or as AWS refuses it: a visibility timeout below the function's own
 */
export function queueMappingOf(resource: Resource, find: FindResources): QueueMappingModel {
  const { id, properties } = resource;
  const queueId = queueIn(find, requiredText(resource, 'EventSourceArn'), id);
  const functionId = functionIn(find, requiredText(resource, 'FunctionName'), id);
  requireTimeToWork(find, { mappingId: id, queueId, functionId });
  const concurrency = jsonOf(properties['ScalingConfig'])['MaximumConcurrency'];
  return {
    logicalId: id,
    queueId,
    functionId,
    batchSize: numberOf(properties['BatchSize'], 10),
    batchWindowMs: numberOf(properties['MaximumBatchingWindowInSeconds'], 0) * 1_000,
    reportsItemFailures: listOf(properties['FunctionResponseTypes']).includes(
      'ReportBatchItemFailures',
    ),
    maxConcurrency: concurrency === undefined ? undefined : Number(concurrency),
  };
}

/**
 * The id of the queue that an ARN means.
 * @throws Error naming who asked and for what
 */
export function queueIn(find: FindResources, arn: string, askedBy: string): string {
  const queue = find('AWS::SQS::Queue').find(({ ref }) => ref.endsWith(`/${arn.split(':').pop()}`));
  if (queue) return queue.id;
  throw new Error(`${askedBy} names a queue that is not in the template: ${arn}`);
}

function redriveOf({ id, properties }: Resource, find: FindResources): RedriveModel | undefined {
  const policy = properties['RedrivePolicy'];
  if (!isJson(policy)) return undefined;
  return {
    queueId: queueIn(find, textOf(policy['deadLetterTargetArn']), id),
    maxReceives: numberOf(policy['maxReceiveCount'], 1),
  };
}

interface Feeding {
  readonly mappingId: string;
  readonly queueId: string;
  readonly functionId: string;
}

/** Otherwise a message would come again while it is still in work; Lambda refuses the mapping. */
function requireTimeToWork(find: FindResources, { mappingId, queueId, functionId }: Feeding) {
  const seconds = (type: string, id: string, [property, fallback]: [string, number]) =>
    numberOf(find(type).find((it) => it.id === id)?.properties[property], fallback);
  const visibility = seconds('AWS::SQS::Queue', queueId, [
    'VisibilityTimeout',
    DEFAULT_VISIBILITY_SECONDS,
  ]);
  const timeout = seconds('AWS::Lambda::Function', functionId, ['Timeout', 3]);
  if (visibility >= timeout) return;
  throw new Error(
    `${mappingId}: the visibility timeout of ${queueId} (${visibility} s) is less than the timeout of ${functionId} (${timeout} s).`,
  );
}
