/** The one way to make a Lambda here: runtime, role, logs and environment are the same for all. */
import { ArnFormat, type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import type { ChatEnv } from '../../functions/runtime/env.ts';
import { type Prefix, PREFIXES } from './attachments.ts';
import type { HandlerName } from './bundle.ts';
import type { ChatConfig } from './config.ts';
import type { ChatTables } from './data-stack.ts';
import { RIGHTS, type ConnectionCall, type Rights } from './rights.ts';

const TABLE_NAMES = ['rooms', 'messages', 'connections', 'profiles'] as const;
const PLACES: readonly Prefix[] = ['pending', 'rooms'];

/** What every function of a stack shares. */
export interface FunctionContext {
  readonly config: ChatConfig;
  readonly tables: ChatTables;
  readonly attachments: Bucket;
  readonly env: ChatEnv;
  /** The socket's API and stage, whose connections a function may be allowed to reach. */
  readonly socketApiId: string;
}

/** What one function has of its own. */
export interface ChatFunctionProps {
  readonly context: FunctionContext;
  readonly handler: HandlerName;
  /** The folder of its bundle. */
  readonly bundle: string;
  readonly timeout: Duration;
}

/** How long logs are kept. */
export const logRetention = (config: ChatConfig) =>
  config.keepsData ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK;

/** A function, with a role that holds its row of `rights.ts` and nothing else. */
export class ChatFunction extends Construct {
  readonly lambda: Function;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ChatFunctionProps) {
    super(scope, id);
    const { context, handler, bundle, timeout } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: logRetention(context.config),
      removalPolicy: context.config.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const statement of statementsOf(this, RIGHTS[handler], context)) {
      this.role.addToPolicy(statement);
    }
    logGroup.grantWrite(this.role);
    acknowledgeFindings(this, context);
    this.lambda = new Function(this, 'Function', {
      description: `Parley ${context.config.stage}: ${handler}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      code: Code.fromAsset(bundle),
      handler: 'index.handler',
      timeout,
      role: this.role,
      logGroup,
      tracing: Tracing.ACTIVE,
      // Lambda's own START, END and REPORT lines would cost as much as the function.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: { ...context.env },
    });
  }
}

/** What cdk-nag finds and we accept, with the reason. */
function acknowledgeFindings(scope: Construct, context: FunctionContext): void {
  const calls: readonly ConnectionCall[] = ['POST', 'DELETE'];
  const api = `<${String(Stack.of(scope).resolve(context.socketApiId).Ref)}>/${context.config.stage}`;
  const account = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>';
  Validations.of(scope).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'Never invoked asynchronously: the gateways wait, the streams have their own queue.',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray takes traces on any resource only.',
    },
    ...calls.map((call) => ({
      id: `AwsSolutions-IAM5[Resource::${account}:${api}/${call}/@connections/*]`,
      reason: 'Connection ids come and go; API, stage and call are named.',
    })),
    ...PLACES.map((place) => ({
      id: `AwsSolutions-IAM5[Resource::<${idOf(context.attachments)}.Arn>/${PREFIXES[place]}*]`,
      reason: 'Files come and go; the bucket and the place in it are named.',
    })),
  );
}

/** The bucket's logical id: it is in another stack. */
function idOf(bucket: Bucket): string {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new Error('The bucket has no resource.');
  return bucket.stack.getLogicalId(defaultChild);
}

/** One statement per table; the lists and the connections have their own. */
function statementsOf(scope: Construct, rights: Rights, context: FunctionContext) {
  const tables = TABLE_NAMES.flatMap((name) => {
    const actions = rights.tables[name].map((action) => `dynamodb:${action}`);
    return statementFor(actions, [context.tables[name].tableArn]);
  });
  const lists = rights.lists.map((list) => `${context.tables.rooms.tableArn}/index/${list}`);
  const connections = rights.connections.map((call) =>
    Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: context.socketApiId,
      resourceName: `${context.config.stage}/${call}/@connections/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
  );
  return [
    ...tables,
    ...objectStatements(rights, context.attachments),
    ...statementFor(['dynamodb:Query'], lists),
    ...statementFor(['execute-api:ManageConnections'], connections),
  ];
}

/** One statement per place. Who reads may list too: S3 tells a missing file from a forbidden one only to them. */
function objectStatements({ objects }: Rights, { bucketArn }: Bucket): PolicyStatement[] {
  const places = PLACES.flatMap((place) =>
    statementFor(
      objects[place].map((action) => `s3:${action}`),
      [`${bucketArn}/${PREFIXES[place]}*`],
    ),
  );
  const reads = PLACES.some((place) => objects[place].includes('GetObject'));
  return [...places, ...statementFor(reads ? ['s3:ListBucket'] : [], [bucketArn])];
}

function statementFor(actions: readonly string[], resources: readonly string[]): PolicyStatement[] {
  return actions.length === 0 || resources.length === 0
    ? []
    : [new PolicyStatement({ actions: [...actions], resources: [...resources] })];
}
