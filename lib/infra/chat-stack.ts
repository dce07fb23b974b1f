/** The stack that runs: both APIs, every function and the streams' consumers, composed. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

import type { ChatEnv } from '../../functions/runtime/env.ts';
import type { BundleOf, HandlerName } from './bundle.ts';
import { ChatFunction, type FunctionContext } from './chat-function.ts';
import type { ChatConfig } from './config.ts';
import type { ChatTables } from './data-stack.ts';
import { GatewayAccount } from './gateway-account.ts';
import { ChatHttpApi } from './http-api.ts';
import { Reminders } from './reminders.ts';
import { Settle } from './settle.ts';
import { SocketApi } from './socket-api.ts';

/** What the stack is made of. */
export interface ChatStackProps extends StackProps {
  readonly config: ChatConfig;
  readonly tables: ChatTables;
  readonly attachments: Bucket;
  readonly bundleOf: BundleOf;
}

/** Seconds a person waits at most; the gateways give up after 29. */
const REQUEST_TIMEOUT = Duration.seconds(15);
const STREAM_TIMEOUT = Duration.seconds(60);
const REMINDERS_TIMEOUT = Duration.seconds(30);

/** The chat of a stage. API, stage and functions stay together: split, the stacks would form a cycle. */
export class ChatStack extends Stack {
  /** The APIs' origins, for whoever has to allow talking to them. */
  readonly api: { readonly origin: string; readonly socketOrigin: string };

  constructor(scope: Construct, id: string, props: ChatStackProps) {
    super(scope, id, props);
    const { config, tables, attachments, bundleOf } = props;
    const socket = new SocketApi(this, 'Socket', config);
    const http = new ChatHttpApi(this, 'Http', config);
    const reminders = new Reminders(this, 'Reminders', { config, timeout: REMINDERS_TIMEOUT });
    socket.stage.node.addDependency(new GatewayAccount(this, 'GatewayAccount'));

    const socketHost = `${socket.api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    this.api = { origin: http.api.apiEndpoint, socketOrigin: `wss://${socketHost}` };
    const callbackUrl = `https://${socketHost}/${config.stage}`;
    const context: FunctionContext = {
      config,
      tables,
      attachments,
      env: chatEnv({ config, tables, attachments, callbackUrl, reminders }),
      socketApiId: socket.api.apiId,
    };
    const make = (handler: HandlerName, timeout: Duration) =>
      new ChatFunction(this, idOf(handler), {
        context,
        handler,
        bundle: bundleOf(handler),
        timeout,
      });

    socket.addRoutes({
      authorizer: make('socket/authorizer', REQUEST_TIMEOUT).lambda,
      connect: make('socket/connect', REQUEST_TIMEOUT).lambda,
      disconnect: make('socket/disconnect', REQUEST_TIMEOUT).lambda,
      frame: make('socket/frame', REQUEST_TIMEOUT).lambda,
    });
    http.addRoutes({
      rooms: make('http/rooms', REQUEST_TIMEOUT).lambda,
      messages: make('http/messages', REQUEST_TIMEOUT).lambda,
      attachments: make('http/attachments', REQUEST_TIMEOUT).lambda,
      vendors: make('http/vendors', REQUEST_TIMEOUT).lambda,
      admin: make('http/admin', REQUEST_TIMEOUT).lambda,
      public: make('http/public', REQUEST_TIMEOUT).lambda,
    });
    const messages = make('stream/messages', STREAM_TIMEOUT);
    const settle = new Settle(this, 'Settle', {
      tables,
      messages,
      connections: make('stream/connections', STREAM_TIMEOUT),
    });
    reminders.connect(messages, make('stream/reminders', REMINDERS_TIMEOUT));

    this.#putOut('ApiUrl', `${http.api.apiEndpoint}/v1`, 'Where the HTTP API is');
    this.#putOut('SocketUrl', socket.stage.url, 'The WebSocket');
    const origins = JSON.stringify(config.origins);
    this.#putOut('AllowedOrigins', origins, 'The sites that may call; an empty list allows all');
    const busName = reminders.bus.eventBusName;
    this.#putOut('EventBusName', busName, 'The bus whose events the marketplace makes rules for');
    this.#putOutForRedrive({ settle, reminders, messages, tables });
  }

  /** What `npm run redrive` has to find. */
  #putOutForRedrive({ settle, reminders, messages, tables }: Redriven): void {
    const failedRecords = 'What the streams gave up; npm run redrive settles it';
    this.#putOut('FailedRecordsQueueUrl', settle.failures.queueUrl, failedRecords);
    const failedReminders = 'Reminders that failed for good; npm run redrive puts them back';
    this.#putOut('FailedRemindersQueueUrl', reminders.failures.queueUrl, failedReminders);
    this.#putOut('RemindersQueueUrl', reminders.queue.queueUrl, 'Where reminders wait');
    const { functionName } = messages.lambda;
    this.#putOut('SettleFunctionName', functionName, 'The function behind the stream of messages');
    this.#putOut('MessagesTableName', tables.messages.tableName, 'The table of messages');
  }

  #putOut(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}

interface Redriven {
  readonly settle: Settle;
  readonly reminders: Reminders;
  readonly messages: ChatFunction;
  readonly tables: ChatTables;
}

interface EnvSources {
  readonly config: ChatConfig;
  readonly tables: ChatTables;
  readonly attachments: Bucket;
  readonly callbackUrl: string;
  readonly reminders: Reminders;
}

/** The environment of every function: a variable that `ChatEnv` gains is a compile error until it is here. */
function chatEnv({ config, tables, attachments, callbackUrl, reminders }: EnvSources): ChatEnv {
  return {
    PARLEY_STAGE: config.stage,
    ROOMS_TABLE: tables.rooms.tableName,
    MESSAGES_TABLE: tables.messages.tableName,
    CONNECTIONS_TABLE: tables.connections.tableName,
    PROFILES_TABLE: tables.profiles.tableName,
    ATTACHMENTS_BUCKET: attachments.bucketName,
    CALLBACK_URL: callbackUrl,
    ISSUERS: JSON.stringify(config.issuers),
    ALLOWED_ORIGINS: JSON.stringify(config.origins),
    PRODUCT_HOSTS: JSON.stringify(config.productHosts),
    LIMITS: JSON.stringify(config.limits),
    REMINDERS_QUEUE_URL: reminders.queue.queueUrl,
    EVENT_BUS: reminders.bus.eventBusName,
    REMINDERS: JSON.stringify(config.reminders),
    EVENTS: JSON.stringify(config.events),
    POWERTOOLS_SERVICE_NAME: 'parley',
    POWERTOOLS_METRICS_NAMESPACE: 'Parley',
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
}

/** `socket/frame` is `SocketFrame` in the template. */
function idOf(handler: HandlerName): string {
  return handler
    .split('/')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
