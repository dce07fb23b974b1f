import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { createJsonApi } from '../../../lib/local/aws/json-api.ts';
import { UNGUARDED } from '../../../lib/local/iam/roles.ts';
import { ACCESS, clientOptions, listen, refusalOf, type Listening } from '../fixtures/services.ts';

let service: Listening;
beforeAll(async () => {
  service = await listen(
    createJsonApi({
      target: 'AmazonSQS',
      guard: UNGUARDED,
      rightsOf: () => [],
      access: ACCESS,
      operations: {
        SendMessage: () => {
          throw new Error('broken inside');
        },
      },
    }),
  );
});
afterAll(() => service.stop());

const send = (credentials = ACCESS) =>
  new SQSClient(clientOptions(service.url, credentials)).send(
    new SendMessageCommand({ QueueUrl: service.url, MessageBody: 'a' }),
  );

const post = async (headers: Record<string, string>, body = '{}') => {
  const response = await fetch(service.url, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
};

describe('the JSON protocol', () => {
  it('refuses a call that is not signed', async () => {
    expect(await post({ 'x-amz-target': 'AmazonSQS.SendMessage' })).toMatchObject({
      status: 400,
      body: { __type: 'MissingAuthenticationToken' },
    });
  });

  it.each([
    [{ ...ACCESS, secretAccessKey: 'guessed' }, 'InvalidSignatureException'],
    [{ ...ACCESS, accessKeyId: 'other' }, 'UnrecognizedClientException'],
  ])('refuses what %j signed', async (credentials, name) => {
    expect(await refusalOf(send(credentials))).toMatchObject({ name, status: 400 });
  });

  it('answers 500 for what fails inside', async () => {
    expect(await refusalOf(send())).toMatchObject({
      name: 'InternalFailure',
      status: 500,
      message: expect.stringContaining('broken inside'),
    });
  });
});
