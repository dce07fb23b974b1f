import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { readAssembly } from '../../../lib/local/template/assembly.ts';
import { writeCloudAssembly } from '../fixtures/cloud-assembly.ts';
import { chatTemplate, serviceResources } from '../fixtures/templates.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A cloud assembly of a data and a chat stack. */
function assemblyOf(chat?: object) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-assembly-'));
  folders.push(folder);
  writeCloudAssembly(folder, { ...(chat && { chat }) });
  return { folder, assembly: () => readAssembly({ folder, origin: 'http://127.0.0.1:4321' }) };
}

describe('readAssembly', () => {
  it('reads tables with their keys, indexes, stream and expiry', () => {
    const [rooms] = assemblyOf().assembly().tables;
    expect(rooms).toEqual({
      logicalId: 'Data/Rooms',
      tableName: 'Data-Rooms',
      ttlAttribute: 'expiresAt',
      createRequest: {
        TableName: 'Data-Rooms',
        KeySchema: [{ AttributeName: 'roomId', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'roomId', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    });
  });

  it('reads functions with their bundle, limits and environment', () => {
    const { folder, assembly } = assemblyOf();
    expect(assembly().functions).toEqual([
      {
        logicalId: 'Chat/Frame',
        functionName: 'Chat-Frame',
        codePath: path.join(folder, 'asset.abc'),
        handler: 'index.handler',
        timeoutMs: 15_000,
        memoryMb: 512,
        reservedConcurrency: undefined,
        environment: {
          ROOMS_TABLE: 'Data-Rooms',
          CALLBACK_URL: expect.any(String),
        },
        role: [
          {
            isAllowing: true,
            actions: ['dynamodb:GetItem'],
            resources: ['arn:aws:dynamodb:us-east-1:000000000000:table/Data-Rooms'],
          },
        ],
      },
    ]);
  });

  it("leads an API's address at AWS to this machine, and no other", () => {
    const { functions, socketApi } = assemblyOf().assembly();
    expect(functions[0]?.environment['CALLBACK_URL']).toBe(
      `http://127.0.0.1:4321/local/apis/${socketApi.apiId}/live`,
    );
  });

  it('reads the socket API with its routes, authorizer and throttling', () => {
    expect(assemblyOf().assembly().socketApi).toEqual({
      apiId: expect.stringMatching(/^[0-9a-z]{10}$/u),
      stage: 'live',
      routeSelectionExpression: '$request.body.action',
      throttle: { ratePerSecond: 2_000, burst: 1_000 },
      routes: [
        {
          routeKey: '$connect',
          functionId: 'Chat/Frame',
          hasRouteResponse: false,
          authorizer: {
            functionId: 'Chat/Frame',
            identitySources: ['route.request.header.Sec-WebSocket-Protocol'],
          },
        },
        {
          routeKey: 'send',
          functionId: 'Chat/Frame',
          hasRouteResponse: true,
          authorizer: undefined,
        },
      ],
    });
  });

  it('takes a route for answered only with a route response too', () => {
    const chat = chatTemplate();
    const { SendResponse: _, ...resources } = chat.Resources;
    const { socketApi } = assemblyOf({ ...chat, Resources: resources }).assembly();
    expect(socketApi.routes.map(({ hasRouteResponse }) => hasRouteResponse)).toEqual([
      false,
      false,
    ]);
  });

  it('reads the HTTP API with its routes and CORS', () => {
    expect(assemblyOf().assembly().httpApi).toMatchObject({
      stage: '$default',
      routes: [{ routeKey: 'GET /v1/health', functionId: 'Chat/Frame' }],
      cors: { allowOrigins: ['*'], allowMethods: ['GET'], maxAgeSeconds: 60 },
      throttle: undefined,
    });
  });

  it('reads stream mappings with filters, retries and the dead-letter queue', () => {
    expect(assemblyOf().assembly().streams).toEqual([
      {
        logicalId: 'Chat/Mapping',
        tableId: 'Data/Rooms',
        functionId: 'Chat/Frame',
        batchSize: 10,
        batchWindowMs: 1_000,
        startAt: 'TRIM_HORIZON',
        filters: [{ eventName: ['INSERT'] }],
        maxRetries: 5,
        bisectOnError: true,
        readersPerShard: 1,
        reportsItemFailures: true,
        deadLetterQueueId: 'Chat/Failures',
      },
    ]);
  });

  it('retries for ever where the template does not say', () => {
    const chat = chatTemplate({ MaximumRetryAttempts: undefined });
    expect(assemblyOf(chat).assembly().streams[0]?.maxRetries).toBeUndefined();
  });

  it("leads a queue's address at AWS to this machine", () => {
    const chat = chatTemplate();
    const { Frame } = chat.Resources;
    const Variables = { QUEUE_URL: { Ref: 'Reminders' }, BUCKET: { Ref: 'Files' } };
    const resources = {
      ...chat.Resources,
      ...serviceResources(),
      Frame: { ...Frame, Properties: { ...Frame.Properties, Environment: { Variables } } },
    };
    const { functions } = assemblyOf({ ...chat, Resources: resources }).assembly();
    expect(functions[0]?.environment).toEqual({
      QUEUE_URL: 'http://127.0.0.1:4321/local/sqs/000000000000/Chat-Reminders',
      BUCKET: 'chat-files',
    });
  });

  it('resolves outputs', () => {
    expect(assemblyOf().assembly().outputs).toMatchObject({ Table: 'Data-Rooms' });
  });

  it('leaves out a resource whose condition does not hold', () => {
    const chat = chatTemplate();
    const resources = {
      ...chat.Resources,
      More: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
    };
    const { queues } = assemblyOf({
      ...chat,
      Resources: resources,
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    }).assembly();
    expect(queues).toMatchObject([{ logicalId: 'Chat/Failures', queueName: 'Chat-Failures' }]);
  });

  it('gives the same names at every reading, so that data is found again', () => {
    const names = () => assemblyOf().assembly().socketApi.apiId;
    expect(names()).toBe(names());
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown resource type',
      { Bus: { Type: 'AWS::Unknown::Thing' } },
      /AWS::Unknown::Thing \(Bus\)/u,
    ],
    [
      'a route to nowhere',
      {
        Send: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { ApiId: { Ref: 'SocketApi' }, RouteKey: 'x', Target: 'integrations/none' },
        },
      },
      /Chat\/Send leads to no integration/u,
    ],
    [
      'code that is no asset',
      {
        Frame: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: 'nodejs24.x', Code: { S3Key: 'lost.zip' } },
        },
      },
      /no asset has the key lost\.zip/u,
    ],
    [
      'a function in another language',
      { Frame: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.14' } } },
      /python3\.14/u,
    ],
    [
      'a mapping of another service',
      {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:kinesis:r:1:s', FunctionName: 'Chat-Frame' },
        },
      },
      /reads tables' streams and queues only/u,
    ],
    [
      'a setting of a mapping that is not played',
      chatTemplate({ MaximumRecordAgeInSeconds: 60 }).Resources,
      /Chat\/Mapping: the local runtime plays no MaximumRecordAgeInSeconds/u,
    ],
    [
      'a mapping of a queue that is not there',
      {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:sqs:r:1:q', FunctionName: 'Chat-Frame' },
        },
      },
      /Chat\/Mapping names a queue that is not in the template: arn:aws:sqs:r:1:q/u,
    ],
    [
      'a reference to nothing',
      { Failures: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Lost' } } } },
      /Chat refers to Lost/u,
    ],
    [
      'an import that nobody exports',
      {
        Failures: {
          Type: 'AWS::SQS::Queue',
          Properties: { QueueName: { 'Fn::ImportValue': 'Lost' } },
        },
      },
      /No stack exports Lost/u,
    ],
  ])('names %s', (_, resources, message) => {
    const chat = chatTemplate();
    const { assembly } = assemblyOf({ ...chat, Resources: { ...chat.Resources, ...resources } });
    expect(assembly).toThrow(message);
  });

  it('says where it looked when nothing was synthesized', () => {
    expect(() => readAssembly({ folder: '/nowhere', origin: '' })).toThrow(
      /\/nowhere\/manifest\.json.*synthesized/u,
    );
  });
});
