/** Events field by field as API Gateway and DynamoDB streams send them. */
import { randomUUID } from 'node:crypto';

import type { AttributeValue, Context } from 'aws-lambda';

/** What a Lambda is told besides its event, as far as anybody reads it. */
export function aContext(): Context {
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'parley',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:parley',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/parley',
    logStreamName: '2026/11/22/[$LATEST]0',
    getRemainingTimeInMillis: () => 29_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** The handshake as its authorizer sees it. */
export function authorizerEvent(headers: Record<string, string>, device?: string) {
  return {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:us-east-1:000000000000:api1/live/$connect',
    headers: { Host: 'api1.execute-api.us-east-1.amazonaws.com', ...headers },
    multiValueHeaders: {},
    queryStringParameters: device === undefined ? {} : { device },
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext: { ...socketContext('$connect', 'Ab1='), eventType: 'CONNECT' },
  };
}

/** A socket's beginning or end. `authorizer` is what the authorizer said, all of it text. */
export function connectionEvent(routeKey: string, connectionId: string, authorizer: object) {
  return {
    requestContext: { ...socketContext(routeKey, connectionId), authorizer },
    isBase64Encoded: false,
  };
}

/** One frame. The route is that of its action, as the gateway chooses it. */
export function frameEvent(connectionId: string, authorizer: object, body: string) {
  return {
    requestContext: {
      ...socketContext(routeOf(body), connectionId),
      authorizer,
      eventType: 'MESSAGE',
      messageId: 'Xyz=',
    },
    body,
    isBase64Encoded: false,
  };
}

const ROUTES = ['send', 'read', 'typing', 'edit', 'delete', 'react', 'focus', 'ping'];

function routeOf(body: string): string {
  try {
    const { action } = Object(JSON.parse(body)) as { action?: string };
    return action !== undefined && ROUTES.includes(action) ? action : '$default';
  } catch {
    return '$default';
  }
}

function socketContext(routeKey: string, connectionId: string) {
  return {
    routeKey,
    eventType: routeKey === '$connect' ? 'CONNECT' : 'DISCONNECT',
    extendedRequestId: 'Ext=',
    requestTime: '22/Nov/2026:16:00:00 +0000',
    messageDirection: 'IN',
    stage: 'live',
    connectedAt: Date.now(),
    requestTimeEpoch: Date.now(),
    identity: { sourceIp: '192.0.2.1', userAgent: 'Mozilla/5.0' },
    requestId: 'Req=',
    domainName: 'api1.execute-api.us-east-1.amazonaws.com',
    connectionId,
    apiId: 'api1',
  };
}

/** One HTTP call. */
export interface TestCall {
  readonly route: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly asBase64?: boolean;
}

/** A call in payload format 2.0: lower-case headers, keys absent when empty. */
export function httpEvent({
  route,
  params,
  query,
  headers = {},
  body,
  asBase64 = false,
}: TestCall) {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => params?.[name] ?? '');
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: route,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { host: 'api1.execute-api.us-east-1.amazonaws.com', ...headers },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      http: { method, path, sourceIp: '192.0.2.1' },
      requestId: 'Req=',
      stage: '$default',
    },
    ...(params === undefined ? {} : { pathParameters: params }),
    ...(body === undefined ? {} : { body: asBase64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: asBase64,
  };
}

/** A record of a table's stream. Keys are in DynamoDB's own notation. */
export function streamRecord(
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE',
  keys: Record<string, { S: string } | { N: string }>,
  sequence: string,
) {
  return {
    eventID: randomUUID(),
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: keys,
      SequenceNumber: sequence,
      SizeBytes: 100,
      StreamViewType: 'NEW_AND_OLD_IMAGES' as const,
    },
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Messages/stream/0',
  };
}

/** An item in DynamoDB's own notation. */
export type Image = Record<string, AttributeValue>;

/** A record of the log's stream, with the row before and after the change. */
export function logRecord({ before, after }: { before?: Image; after: Image }, sequence: string) {
  const { roomId, seq } = after;
  const name = before === undefined ? 'INSERT' : 'MODIFY';
  const record = streamRecord(
    name,
    { roomId, seq } as Parameters<typeof streamRecord>[1],
    sequence,
  );
  const images = { NewImage: after, ...(before === undefined ? {} : { OldImage: before }) };
  return { ...record, dynamodb: { ...record.dynamodb, ...images } };
}
