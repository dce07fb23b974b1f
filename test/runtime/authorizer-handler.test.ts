/** What the socket's door says of whom it cannot judge. */
import { describe, expect, it } from 'vitest';

import { ChatError } from '#protocol/errors.ts';
import { authorizerHandler } from '#runtime/authorizer-handler.ts';

import { aContext } from '../support/events.ts';

const event = {
  methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:api/prod/$connect',
  headers: { 'Sec-WebSocket-Protocol': 'parley.v1, token' },
};
const knock = (refusal: ChatError) =>
  authorizerHandler(async () => Promise.reject(refusal))(event, aContext());

describe('the socket’s door', () => {
  it.each(['unavailable', 'internal'] as const)(
    'denies nobody for %s: the gateway answers 500, and a client comes again',
    async (code) => {
      await expect(knock(new ChatError(code))).rejects.toMatchObject({ code });
    },
  );

  it('denies whom it refuses', async () => {
    const answer = await knock(new ChatError('unauthorized'));
    expect(answer.policyDocument.Statement[0].Effect).toBe('Deny');
  });
});
