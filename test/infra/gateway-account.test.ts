/** API Gateway's right to write logs. */
import { describe, expect, it } from 'vitest';

import { chatTemplate, referencesIn, resourceOf } from './stage.ts';

const template = chatTemplate();

describe('the gateway’s account setting', () => {
  const account = resourceOf(template, 'AWS::ApiGateway::Account');
  const role = resourceOf(template, 'AWS::IAM::Role', 'GatewayAccount');

  it('names a role that only API Gateway takes', () => {
    expect(referencesIn(account.properties['CloudWatchRoleArn'])).toEqual([role.id]);
    expect(role.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [{ Principal: { Service: 'apigateway.amazonaws.com' } }],
    });
  });

  it('outlives the stack, for other APIs may rely on it', () => {
    expect([account.deletionPolicy, role.deletionPolicy]).toEqual(['Retain', 'Retain']);
  });

  it('is there before the stage that writes logs', () => {
    const stages = template.findResources('AWS::ApiGatewayV2::Stage');
    const socket = Object.entries(stages).find(([id]) => id.startsWith('Socket'))?.[1];
    expect(socket?.['DependsOn']).toContain(account.id);
  });
});
