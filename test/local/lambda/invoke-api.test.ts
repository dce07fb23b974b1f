import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Guard } from '../../../lib/local/iam/roles.ts';
import { createInvokeApi, functionArnOf } from '../../../lib/local/lambda/invoke-api.ts';
import type { FunctionModel, InvokeResult } from '../../../lib/local/model.ts';
import { ACCESS, clientOptions, listen, refusalOf, type Listening } from '../fixtures/services.ts';

const model: FunctionModel = {
  logicalId: 'Chat/Settle',
  functionName: 'settle',
  codePath: '/nowhere',
  handler: 'index.handler',
  timeoutMs: 1_000,
  memoryMb: 128,
  environment: {},
  reservedConcurrency: undefined,
  role: [],
};
const guard: Guard = (key, rights) =>
  key === 'local.stranger' ? `${rights[0]?.action} on ${rights[0]?.resource}` : undefined;

let answer: InvokeResult;
let invoked: unknown[];
let service: Listening;
let client: LambdaClient;
beforeEach(async () => {
  answer = { ok: true, payload: { done: true } };
  invoked = [];
  const invoke = (functionId: string, event: unknown) => {
    invoked.push([functionId, event]);
    return Promise.resolve(answer);
  };
  const api = createInvokeApi({ functions: [model], invoke, access: ACCESS, guard });
  service = await listen(api);
  client = new LambdaClient(clientOptions(`${service.url}/local/lambda`));
});
afterEach(async () => {
  client.destroy();
  await service.stop();
});

const invoke = async (FunctionName: string, event: unknown = { a: 'ბ' }) => {
  const Payload = Buffer.from(JSON.stringify(event));
  const { FunctionError, Payload: said } = await client.send(
    new InvokeCommand({ FunctionName, Payload }),
  );
  return { FunctionError, answer: JSON.parse(Buffer.from(said ?? []).toString()) as unknown };
};

describe('Lambda', () => {
  it.each(['settle', functionArnOf('settle'), `${functionArnOf('settle')}:$LATEST`])(
    'invokes the function %s and hands its answer back',
    async (name) => {
      expect(await invoke(name)).toEqual({ FunctionError: undefined, answer: { done: true } });
      expect(invoked).toEqual([['Chat/Settle', { a: 'ბ' }]]);
    },
  );

  it('tells of a function that failed as Lambda does', async () => {
    answer = { ok: false, errorType: 'Error', errorMessage: 'Broken.' };
    expect(await invoke('settle')).toEqual({
      FunctionError: 'Unhandled',
      answer: { errorType: 'Error', errorMessage: 'Broken.' },
    });
  });

  it('knows no other function', async () => {
    expect(await refusalOf(invoke('other'))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  it('asks whether the caller may', async () => {
    const credentials = { ...ACCESS, accessKeyId: 'local.stranger' };
    client = new LambdaClient(clientOptions(service.url, credentials));
    expect(await refusalOf(invoke('settle'))).toMatchObject({
      name: 'AccessDeniedException',
      message: `lambda:InvokeFunction on ${functionArnOf('settle')}`,
      status: 403,
    });
    expect(invoked).toEqual([]);
  });

  it('takes no call with a wrong signature', async () => {
    client = new LambdaClient(clientOptions(service.url, { ...ACCESS, secretAccessKey: 'x' }));
    expect(await refusalOf(invoke('settle'))).toMatchObject({
      name: 'UnrecognizedClientException',
      status: 403,
    });
  });
});
