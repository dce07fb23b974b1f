import { describe, expect, it } from 'vitest';

import { createRoles, decide } from '../../../lib/local/iam/roles.ts';
import type { FunctionModel, StatementModel } from '../../../lib/local/model.ts';
import { ACCESS } from '../fixtures/services.ts';

const ROOMS = 'arn:aws:dynamodb:us-east-1:000000000000:table/Rooms';

const allow = (actions: string[], resources: string[]): StatementModel => ({
  isAllowing: true,
  actions,
  resources,
});

function aFunction(functionName: string, role: readonly StatementModel[]): FunctionModel {
  return {
    logicalId: `Chat/${functionName}`,
    functionName,
    codePath: '/nowhere',
    handler: 'index.handler',
    timeoutMs: 3_000,
    memoryMb: 128,
    environment: {},
    reservedConcurrency: undefined,
    role,
  };
}

describe('decide', () => {
  const role = [allow(['dynamodb:GetItem', 's3:Get*'], [ROOMS, 'arn:aws:s3:::files/rooms/*'])];
  it.each([
    ['dynamodb:GetItem', ROOMS, true],
    ['dynamodb:getitem', ROOMS, true],
    ['dynamodb:PutItem', ROOMS, false],
    ['dynamodb:GetItem', `${ROOMS}2`, false],
    ['dynamodb:GetItem', `${ROOMS}/index/byVendor`, false],
    ['s3:GetObject', 'arn:aws:s3:::files/rooms/a/b', true],
    ['s3:GetObject', 'arn:aws:s3:::files/pending/a', false],
    ['s3:GetObject', 'arn:aws:s3:::filesXrooms/a', false],
  ])('judges %s on %s: %s', (action, resource, isAllowed) => {
    expect(decide(role, { action, resource }) !== undefined).toBe(isAllowed);
  });

  it('lets a denial go before any permission', () => {
    const denied = [...role, { ...allow(['dynamodb:*'], ['*']), isAllowing: false }];
    expect(decide(denied, { action: 'dynamodb:GetItem', resource: ROOMS })).toBeUndefined();
  });

  it('reads an action and a resource of one statement together, never of two', () => {
    const two = [allow(['dynamodb:GetItem'], ['a']), allow(['dynamodb:PutItem'], ['b'])];
    expect(decide(two, { action: 'dynamodb:GetItem', resource: 'b' })).toBeUndefined();
  });

  it('takes a dot for a dot', () => {
    const bus = [allow(['events:PutEvents'], ['arn:bus/a.b'])];
    expect(decide(bus, { action: 'events:PutEvents', resource: 'arn:bus/aXb' })).toBeUndefined();
  });
});

describe('the roles of a deployment', () => {
  const roles = () =>
    createRoles(
      [
        aFunction('reader', [allow(['dynamodb:GetItem', 'logs:PutLogEvents'], [ROOMS])]),
        aFunction('writer', [allow(['dynamodb:PutItem'], [ROOMS, `${ROOMS}2`])]),
      ],
      ACCESS,
    );
  const get = { action: 'dynamodb:GetItem', resource: ROOMS };
  const put = { action: 'dynamodb:PutItem', resource: ROOMS };

  it('judge each function by its own', () => {
    const { guard, keyIdOf } = roles();
    expect(guard(keyIdOf('reader'), [get])).toBeUndefined();
    expect(guard(keyIdOf('writer'), [get])).toContain('writer is not authorized to perform');
    expect(guard(keyIdOf('reader'), [get, put])).toContain(`${put.action} on resource: ${ROOMS}`);
  });

  it('let the runtime itself do everything, and a key of nobody nothing', () => {
    const { guard } = roles();
    expect(guard(ACCESS.accessKeyId, [put])).toBeUndefined();
    expect(guard(`${ACCESS.accessKeyId}.stranger`, [])).toContain('belongs to no function');
  });

  it('tell which rights nobody has used, those for logs aside', () => {
    const { guard, keyIdOf, usage } = roles();
    guard(keyIdOf('writer'), [put]);
    guard(keyIdOf('writer'), [get]);
    expect([...usage()]).toEqual([
      [`reader: dynamodb:GetItem on ${ROOMS}`, false],
      [`writer: dynamodb:PutItem on ${ROOMS}`, true],
      [`writer: dynamodb:PutItem on ${ROOMS}2`, false],
    ]);
  });
});
