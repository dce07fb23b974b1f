import { describe, expect, it } from 'vitest';

import type { Resource } from '../../../lib/local/template/deployment.ts';
import { roleOf } from '../../../lib/local/template/role-models.ts';

const LAMBDA = resource('AWS::Lambda::Function', 'f', {
  Role: 'arn:aws:iam::000000000000:role/Chat-Role',
});

function resource(type: string, ref: string, properties: Resource['properties']): Resource {
  return { id: `Chat/${ref}`, type, properties, ref };
}

const document = (...Statement: object[]) => ({ PolicyDocument: { Statement } });

function roleIn(...resources: Resource[]) {
  return roleOf((type) => resources.filter((it) => it.type === type), LAMBDA);
}

const role = (properties: object = {}) =>
  resource('AWS::IAM::Role', 'Chat-Role', { ...properties });

describe('roleOf', () => {
  it('gathers inline policies and those that name the role, and no other', () => {
    const inline = role({
      Policies: [document({ Effect: 'Allow', Action: 'a:A', Resource: '*' })],
    });
    const attached = resource('AWS::IAM::Policy', 'P', {
      Roles: ['Chat-Role'],
      ...document({ Effect: 'Deny', Action: ['b:B', 'b:C'], Resource: ['x', 'y'] }),
    });
    const foreign = resource('AWS::IAM::Policy', 'Q', {
      Roles: ['Chat-Role2'],
      ...document({ Effect: 'Allow', Action: '*', Resource: '*' }),
    });
    expect(roleIn(inline, attached, foreign)).toEqual([
      { isAllowing: true, actions: ['a:A'], resources: ['*'] },
      { isAllowing: false, actions: ['b:B', 'b:C'], resources: ['x', 'y'] },
    ]);
  });

  it('refuses a function whose role is not there', () => {
    expect(() => roleIn(resource('AWS::IAM::Role', 'Other', {}))).toThrow('Chat-Role');
  });

  it.each(['Condition', 'NotAction', 'NotResource'])('refuses to misjudge a %s', (key) => {
    const statement = { Effect: 'Allow', Action: 'a:A', Resource: '*', [key]: {} };
    expect(() => roleIn(role({ Policies: [document(statement)] }))).toThrow(key);
  });

  it('refuses a statement about nothing', () => {
    const statement = { Effect: 'Allow', Action: 'a:A' };
    expect(() => roleIn(role({ Policies: [document(statement)] }))).toThrow('without an action');
  });
});
