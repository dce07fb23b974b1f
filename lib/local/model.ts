/** What the local runtime knows of a stack: the synthesized template, read once, with its intrinsics resolved. */
import type { DistributionModel } from './site/model.ts';

/** A whole deployment. `outputs` are the stacks' outputs by name. A `logicalId` is `stack/logicalId` here: unique. */
export interface Assembly {
  readonly tables: readonly TableModel[];
  readonly functions: readonly FunctionModel[];
  readonly socketApi: SocketApiModel;
  readonly httpApi: HttpApiModel;
  readonly streams: readonly StreamMappingModel[];
  readonly queues: readonly QueueModel[];
  readonly queueMappings: readonly QueueMappingModel[];
  readonly buckets: readonly BucketModel[];
  readonly buses: readonly BusModel[];
  readonly rules: readonly RuleModel[];
  readonly distributions: readonly DistributionModel[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** A table as DynamoDB's CreateTable takes it, and the attribute that holds its expiry. */
export interface TableModel {
  readonly logicalId: string;
  readonly tableName: string;
  /** CreateTable's input, pay per request. */
  readonly createRequest: Readonly<Record<string, unknown>>;
  readonly ttlAttribute: string | undefined;
}

/** A function as Lambda runs it. */
export interface FunctionModel {
  readonly logicalId: string;
  readonly functionName: string;
  /** The folder of its bundle. */
  readonly codePath: string;
  /** `index.handler`: the module's file name and its export. */
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  /** What its role says. */
  readonly role: readonly StatementModel[];
}

/** A statement of a policy; actions and resources may hold the patterns `*` and `?`. */
export interface StatementModel {
  readonly isAllowing: boolean;
  /** `dynamodb:GetItem`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/** A WebSocket API with its one stage. */
export interface SocketApiModel {
  readonly apiId: string;
  readonly stage: string;
  /** `$request.body.action`. */
  readonly routeSelectionExpression: string;
  readonly routes: readonly SocketRouteModel[];
  /** Requests per second and burst of the stage's default route. */
  readonly throttle: ThrottleModel | undefined;
}

export interface SocketRouteModel {
  /** `$connect`, `$disconnect`, `$default` or the value of `action`. */
  readonly routeKey: string;
  readonly functionId: string;
  /** Whether what the function returns reaches the client. */
  readonly hasRouteResponse: boolean;
  readonly authorizer: AuthorizerModel | undefined;
}

export interface AuthorizerModel {
  readonly functionId: string;
  /** `route.request.header.Sec-WebSocket-Protocol` …: a missing one is refused without an invocation. */
  readonly identitySources: readonly string[];
}

export interface HttpApiModel {
  readonly apiId: string;
  readonly stage: string;
  readonly routes: readonly HttpRouteModel[];
  readonly cors: CorsModel | undefined;
  readonly throttle: ThrottleModel | undefined;
}

export interface HttpRouteModel {
  /** `GET /v1/rooms/{roomId}`, `ANY /x/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionId: string;
}

export interface CorsModel {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly allowCredentials: boolean;
}

export interface ThrottleModel {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** A table's stream feeding a function. */
export interface StreamMappingModel {
  readonly logicalId: string;
  readonly tableId: string;
  readonly functionId: string;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly startAt: 'TRIM_HORIZON' | 'LATEST';
  /** Event filter patterns; a record passes if one of them matches, or if there are none. */
  readonly filters: readonly unknown[];
  /** Undefined retries for ever. */
  readonly maxRetries: number | undefined;
  readonly bisectOnError: boolean;
  /** Batches of one shard in work at once; the order is kept per partition key. */
  readonly readersPerShard: number;
  readonly reportsItemFailures: boolean;
  /** The logical id of the queue that takes what failed for good. */
  readonly deadLetterQueueId: string | undefined;
}

export interface QueueModel {
  readonly logicalId: string;
  readonly queueName: string;
  readonly arn: string;
  /** What a message waits that says nothing itself. */
  readonly delayMs: number;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  readonly redrive: RedriveModel | undefined;
}

/** Where a message goes that was received `maxReceives` times and never deleted. */
export interface RedriveModel {
  readonly queueId: string;
  readonly maxReceives: number;
}

/** A queue feeding a function. */
export interface QueueMappingModel {
  readonly logicalId: string;
  readonly queueId: string;
  readonly functionId: string;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly reportsItemFailures: boolean;
  /** Batches in work at once; undefined leaves it to the function's own concurrency. */
  readonly maxConcurrency: number | undefined;
}

/** A bucket: private whatever its policy says, unversioned. */
export interface BucketModel {
  readonly logicalId: string;
  readonly bucketName: string;
  readonly cors: readonly BucketCorsRule[];
  readonly expirations: readonly ExpirationRule[];
}

/** One rule of a bucket's CORS configuration. Origins and headers may hold one `*`. */
export interface BucketCorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
}

/** Objects whose key begins so vanish when they are so many days old. */
export interface ExpirationRule {
  readonly prefix: string;
  readonly days: number;
}

export interface BusModel {
  readonly logicalId: string;
  readonly busName: string;
  readonly arn: string;
}

/** A rule of a bus: what it takes of the events, and where they go. */
export interface RuleModel {
  readonly logicalId: string;
  readonly busName: string;
  readonly pattern: unknown;
  readonly targets: readonly RuleTarget[];
}

/** A function or a queue of the template, by its logical id. */
export interface RuleTarget {
  readonly kind: 'function' | 'queue';
  readonly id: string;
}

/** What an invocation came to: Lambda's own two ways. */
export type InvokeResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** Runs a function once, waiting for a free environment. Never rejects. */
export type Invoke = (functionId: string, event: unknown) => Promise<InvokeResult>;

/** Time and timers, so that a test can turn them. All times in milliseconds. */
export interface Clock {
  now(): number;
  /** Calls back once after `delayMs`; the returned function takes it back. */
  after(delayMs: number, callback: () => void): () => void;
}
