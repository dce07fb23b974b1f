/** The chat stack as a whole: what it puts out, and that all its code is ours. */
import { describe, expect, it } from 'vitest';

import { HANDLERS } from '../../lib/infra/bundle.ts';
import { chatTemplate, referencesIn, resourceOf, type Properties } from './stage.ts';

const template = chatTemplate({ PARLEY_ORIGINS: ['https://shop.example'] });
const outputs = template.toJSON()['Outputs'] as Record<string, { Value: unknown }>;

/** The outputs that `npm run redrive` reads, and what they mean. */
const FOR_REDRIVE = [
  ['FailedRecordsQueueUrl', 'AWS::SQS::Queue', 'SettleFailures'],
  ['FailedRemindersQueueUrl', 'AWS::SQS::Queue', 'RemindersFailures'],
  ['RemindersQueueUrl', 'AWS::SQS::Queue', 'RemindersQueue'],
  ['SettleFunctionName', 'AWS::Lambda::Function', 'StreamMessages'],
] as const;

describe('the chat stack', () => {
  it('puts out where the API and the socket are, and who may call', () => {
    const names = Object.keys(outputs).filter((name) => !name.startsWith('ExportsOutput'));
    const forMarketplaces = ['AllowedOrigins', 'ApiUrl', 'EventBusName', 'SocketUrl'];
    expect(names.toSorted()).toEqual(
      [...forMarketplaces, ...FOR_REDRIVE.map(([name]) => name), 'MessagesTableName'].toSorted(),
    );
    expect(referencesIn(outputs['ApiUrl'])).toEqual([
      resourceOf(template, 'AWS::ApiGatewayV2::Api', 'Http').id,
    ]);
    expect(JSON.stringify(outputs['ApiUrl'])).toMatch(/"\/v1"/u);
    expect(referencesIn(outputs['SocketUrl'])).toContain(
      resourceOf(template, 'AWS::ApiGatewayV2::Api', 'Socket').id,
    );
    expect(JSON.stringify(outputs['SocketUrl'])).toMatch(/"wss:\/\/".*"\/dev"/u);
    expect(outputs['AllowedOrigins']?.Value).toBe('["https://shop.example"]');
    expect(referencesIn(outputs['EventBusName'])).toEqual([
      resourceOf(template, 'AWS::Events::EventBus').id,
    ]);
  });

  it.each(FOR_REDRIVE)('puts out %s for a redrive', (name, type, id) => {
    expect(referencesIn(outputs[name])).toEqual([resourceOf(template, type, id).id]);
  });

  it('has no custom resource, whose code would not be ours', () => {
    const resources = Object.values(template.toJSON()['Resources'] as Record<string, Properties>);
    const types = resources.map((it) => String(it['Type']));
    expect(types.filter((type) => /^Custom::|CustomResource/u.test(type))).toEqual([]);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(HANDLERS.length);
  });

  it('belongs to the stage that it is named by', () => {
    expect(resourceOf(template, 'AWS::SQS::Queue', 'Settle').properties['Tags']).toEqual([
      { Key: 'parley:stage', Value: 'dev' },
    ]);
  });
});
