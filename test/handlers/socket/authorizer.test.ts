/** The socket's door: who gets in, and how the others are refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ANA, deploy, type Deployment } from '../../support/deployment.ts';
import { anIssuer } from '../../support/issuer.ts';

let chat: Deployment;
beforeAll(async () => {
  chat = await deploy();
});
afterAll(() => chat.stop());

const offer = (token: string) => ({ 'Sec-WebSocket-Protocol': `parley.v1, ${token}` });

describe('the authorizer', () => {
  it('lets a good token in, with a flat context of text and numbers', async () => {
    const answer = await chat.authorize(offer(chat.token({ ...ANA, name: 'ანა' })), 'desk-1');
    expect(answer).toMatchObject({
      principalId: 'ana',
      policyDocument: {
        Statement: [{ Effect: 'Allow', Resource: expect.stringMatching(/\$connect$/u) }],
      },
      context: { member: 'vendor:7', user: 'ana', role: 'vendor', name: 'ანა', device: 'desk-1' },
    });
    for (const value of Object.values(answer.context)) {
      expect(['string', 'number']).toContain(typeof value);
    }
  });

  it.each([
    [
      'lower-case headers without a blank',
      () => ({ 'sec-websocket-protocol': `parley.v1,${chat.token()}` }),
    ],
    ['many blanks', () => ({ 'Sec-WebSocket-Protocol': `parley.v1 ,   ${chat.token()} ` })],
    ['an allowed origin', () => ({ ...offer(chat.token()), Origin: 'https://shop.example' })],
  ])('accepts %s', async (_, headers) => {
    const { policyDocument } = await chat.authorize(headers());
    expect(policyDocument.Statement[0].Effect).toBe('Allow');
  });

  it.each([
    ['a foreign origin', () => ({ ...offer(chat.token()), Origin: 'https://evil.example' })],
    ['the origin null', () => ({ ...offer(chat.token()), Origin: 'null' })],
    ['an ended token', () => offer(chat.token({ exp: Math.floor(Date.now() / 1000) - 1 }))],
    ['alg none', () => offer(chat.issuer.sign({}, { alg: 'none' }))],
    ['a stranger', () => offer(anIssuer().sign())],
    ['nonsense', () => offer('nonsense')],
    ['an admin, who is no member', () => offer(chat.token({ role: 'admin' }))],
  ])('denies %s', async (_, headers) => {
    const answer = await chat.authorize(headers());
    expect(answer.policyDocument.Statement[0].Effect).toBe('Deny');
    expect(answer).not.toHaveProperty('context');
  });

  it.each([
    ['no subprotocol', () => ({})],
    ['the version alone', () => ({ 'Sec-WebSocket-Protocol': 'parley.v1' })],
    ['an empty token', () => ({ 'Sec-WebSocket-Protocol': 'parley.v1, ' })],
    ['another protocol', () => ({ 'Sec-WebSocket-Protocol': `graphql-ws, ${chat.token()}` })],
  ])('answers 401 to %s', async (_, headers: () => Record<string, string>) => {
    // The gateway makes a 401 of an error of exactly this message.
    await expect(chat.authorize(headers())).rejects.toThrow(/^Unauthorized$/u);
  });

  it('ignores a device that is no id', async () => {
    const { context } = await chat.authorize(offer(chat.token()), 'a b\n');
    expect(context).not.toHaveProperty('device');
  });
});
