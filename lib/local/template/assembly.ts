/** From a cloud assembly (`cdk.out`) to the model that the local runtime plays. */
import type { Assembly, FunctionModel, StreamMappingModel, TableModel } from '../model.ts';
import { isJson, jsonOf, listOf, numberOf, textOf } from '../json.ts';
import { bucketOf } from './bucket-models.ts';
import { busOf, ruleOf } from './bus-models.ts';
import { readDeployment, type Deployment, type Resource } from './deployment.ts';
import { httpApiOf, socketApiOf, type FindResources } from './gateway-models.ts';
import { functionIn, requiredText } from './properties.ts';
import { isQueueMapping, queueIn, queueMappingOf, queueOf } from './queue-models.ts';
import { PLACE } from './resource-types.ts';
import { roleOf } from './role-models.ts';
import { distributionOf } from './site-models.ts';

/** Where to read and where this machine's APIs answer. */
export interface AssemblyOptions {
  /** The folder of the synthesis, which holds `manifest.json`. */
  readonly folder: string;
  /** The address under which the APIs' callbacks are reached here: `http://127.0.0.1:4000`. */
  readonly origin: string;
}

/** Properties of a table that CreateTable takes as they stand. */
const TABLE_PROPERTIES = [
  'KeySchema',
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
] as const;

/**
 * Reads a synthesized deployment.
 * @throws Error naming what is missing, unknown here or leads nowhere
 */
export function readAssembly({ folder, origin }: AssemblyOptions): Assembly {
  const deployment = readDeployment(folder);
  const find: FindResources = (type) => deployment.resources.filter((it) => it.type === type);
  const localAddress = localDns(origin);
  const mappings = find('AWS::Lambda::EventSourceMapping');
  return {
    tables: tablesIn(find).map(tableOf),
    functions: find('AWS::Lambda::Function').map((it) =>
      functionOf(it, { deployment, find, localAddress }),
    ),
    socketApi: socketApiOf(find),
    httpApi: httpApiOf(find),
    streams: mappings.filter((it) => !isQueueMapping(it)).map((it) => mappingOf(it, find)),
    queues: find('AWS::SQS::Queue').map((it) => queueOf(it, find)),
    queueMappings: mappings.filter(isQueueMapping).map((it) => queueMappingOf(it, find)),
    buckets: find('AWS::S3::Bucket').map(bucketOf),
    buses: find('AWS::Events::EventBus').map(busOf),
    rules: find('AWS::Events::Rule').map((it) => ruleOf(it, find)),
    distributions: find('AWS::CloudFront::Distribution').map((it) =>
      distributionOf(it, { find, localAddress: localOrigins(origin) }),
    ),
    outputs: deployment.outputs,
  };
}

/** The one thing that is not as in the template: an API's or a queue's address at AWS leads to this machine. */
function localDns(origin: string): (value: string) => string {
  const domain = `${PLACE.region}.${PLACE.urlSuffix}`.replaceAll('.', String.raw`\.`);
  const api = new RegExp(String.raw`^https://([a-z0-9]+)\.execute-api\.${domain}`, 'u');
  const queue = new RegExp(String.raw`^https://sqs\.${domain}`, 'u');
  return (value) =>
    value.replace(api, `${origin}/local/apis/$1`).replace(queue, `${origin}/local/sqs`);
}

/** The same in what browsers are told: the origins of the APIs and of the buckets, within a longer text. */
function localOrigins(origin: string): (text: string) => string {
  const domain = `${PLACE.region}.${PLACE.urlSuffix}`.replaceAll('.', String.raw`\.`);
  const service = String.raw`[\w.-]+\.(?:execute-api|s3)\.${domain}`;
  const secure = new RegExp(`https://${service}`, 'gu');
  const socket = new RegExp(`wss://${service}`, 'gu');
  return (text) => text.replace(secure, origin).replace(socket, origin.replace(/^http/u, 'ws'));
}

function tablesIn(find: FindResources): readonly Resource[] {
  return [...find('AWS::DynamoDB::GlobalTable'), ...find('AWS::DynamoDB::Table')];
}

function tableOf(resource: Resource): TableModel {
  const { properties } = resource;
  const given = TABLE_PROPERTIES.filter((key) => properties[key] !== undefined);
  const stream = properties['StreamSpecification'];
  const ttl = jsonOf(properties['TimeToLiveSpecification']);
  return {
    logicalId: resource.id,
    tableName: resource.ref,
    createRequest: {
      TableName: resource.ref,
      ...Object.fromEntries(given.map((key) => [key, properties[key]])),
      BillingMode: 'PAY_PER_REQUEST',
      ...(isJson(stream) && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream['StreamViewType'] },
      }),
    },
    ttlAttribute: ttl['Enabled'] === true ? textOf(ttl['AttributeName']) : undefined,
  };
}

interface Surroundings {
  readonly deployment: Deployment;
  readonly find: FindResources;
  readonly localAddress: (value: string) => string;
}

function functionOf(
  resource: Resource,
  { deployment, find, localAddress }: Surroundings,
): FunctionModel {
  const { properties } = resource;
  const runtime = requiredText(resource, 'Runtime');
  if (!runtime.startsWith('nodejs'))
    throw new Error(`${resource.id} runs on ${runtime}, not Node.`);
  const key = textOf(jsonOf(properties['Code'])['S3Key'], 'none');
  const codePath = deployment.assets.get(key);
  if (codePath === undefined) throw new Error(`${resource.id}: no asset has the key ${key}.`);
  const environment = jsonOf(jsonOf(properties['Environment'])['Variables']);
  const reserved = properties['ReservedConcurrentExecutions'];
  return {
    logicalId: resource.id,
    functionName: resource.ref,
    codePath,
    handler: requiredText(resource, 'Handler'),
    timeoutMs: numberOf(properties['Timeout'], 3) * 1_000,
    memoryMb: numberOf(properties['MemorySize'], 128),
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, localAddress(String(value))]),
    ),
    reservedConcurrency: reserved === undefined ? undefined : Number(reserved),
    role: roleOf(find, resource),
  };
}

/** Properties of a stream mapping that are played; the rest would be a promise that nobody keeps. */
const MAPPING_PROPERTIES: ReadonlySet<string> = new Set([
  'EventSourceArn',
  'FunctionName',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'StartingPosition',
  'FilterCriteria',
  'MaximumRetryAttempts',
  'BisectBatchOnFunctionError',
  'ParallelizationFactor',
  'FunctionResponseTypes',
  'DestinationConfig',
  'Tags',
]);

function mappingOf(resource: Resource, find: FindResources): StreamMappingModel {
  const { properties } = resource;
  const unknown = Object.keys(properties).find((it) => !MAPPING_PROPERTIES.has(it));
  if (unknown !== undefined) {
    throw new Error(`${resource.id}: the local runtime plays no ${unknown} of a stream mapping.`);
  }
  const retries = numberOf(properties['MaximumRetryAttempts'], -1);
  const filters = jsonOf(properties['FilterCriteria'])['Filters'];
  return {
    logicalId: resource.id,
    tableId: tableIn(find, resource),
    functionId: functionIn(find, requiredText(resource, 'FunctionName'), resource.id),
    batchSize: numberOf(properties['BatchSize'], 100),
    batchWindowMs: numberOf(properties['MaximumBatchingWindowInSeconds'], 0) * 1_000,
    startAt: properties['StartingPosition'] === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    filters: listOf(filters).map((filter): unknown =>
      JSON.parse(textOf(jsonOf(filter)['Pattern'])),
    ),
    maxRetries: retries === -1 ? undefined : retries,
    bisectOnError: properties['BisectBatchOnFunctionError'] === true,
    readersPerShard: numberOf(properties['ParallelizationFactor'], 1),
    reportsItemFailures: listOf(properties['FunctionResponseTypes']).includes(
      'ReportBatchItemFailures',
    ),
    deadLetterQueueId: deadLetterQueueIn(find, resource),
  };
}

function tableIn(find: FindResources, mapping: Resource): string {
  const source = requiredText(mapping, 'EventSourceArn');
  const name = /:dynamodb:.*:table\/([^/]+)\/stream/u.exec(source)?.[1];
  const table = tablesIn(find).find(({ ref }) => ref === name);
  if (table) return table.id;
  throw new Error(
    `${mapping.id}: the local runtime reads tables' streams and queues only, not ${source}.`,
  );
}

function deadLetterQueueIn(find: FindResources, mapping: Resource): string | undefined {
  const config = jsonOf(mapping.properties['DestinationConfig']);
  const arn = textOf(jsonOf(config['OnFailure'])['Destination']);
  return arn === '' ? undefined : queueIn(find, arn, mapping.id);
}
