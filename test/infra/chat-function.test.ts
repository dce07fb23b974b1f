/** Every function: made one way, with the whole environment. */
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { HANDLERS } from '../../lib/infra/bundle.ts';
import { chatTemplate, referencesIn, resourceOf, resourcesOf, type Properties } from './stage.ts';

const template = chatTemplate({
  PARLEY_ORIGINS: ['https://shop.example'],
  PARLEY_PRODUCT_HOSTS: ['img.example'],
  PARLEY_LIMITS: { roomsPerHour: 7 },
});
const functions = resourcesOf(template, 'AWS::Lambda::Function');
const environmentOf = ({ properties }: { properties: Properties }) =>
  (properties['Environment'] as { Variables: Record<string, unknown> }).Variables;

/** The names in `ChatEnv`, read from its source: a type leaves nothing behind at run time. */
function environmentNames(): readonly string[] {
  const source = readFileSync(new URL('../../functions/runtime/env.ts', import.meta.url), 'utf8');
  return [...source.matchAll(/^ {2}([A-Z_]+): string;$/gmu)].map(([, name]) => name ?? '');
}

describe('the functions', () => {
  it('are the handlers, one each', () => {
    const descriptions = functions.map((it) => String(it.properties['Description']));
    expect(descriptions.toSorted()).toEqual(HANDLERS.map((it) => `Parley dev: ${it}`).toSorted());
  });

  it.each(functions.map((it) => [String(it.properties['Description']), it] as const))(
    '%s run on Node 24 and arm64, traced, with a deadline',
    (_, { properties }) => {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 512,
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
      });
      expect(properties['Timeout']).toBeGreaterThanOrEqual(10);
      expect(properties['Timeout']).toBeLessThanOrEqual(60);
    },
  );

  it('answer people before the gateways give up', () => {
    const timeouts = functions
      .filter(({ id }) => /^(?:Socket|Http)/u.test(id))
      .map(({ properties }) => properties['Timeout']);
    expect(timeouts).toHaveLength(HANDLERS.filter((it) => !it.startsWith('stream/')).length);
    expect(Math.max(...timeouts.map(Number))).toBeLessThan(29);
  });

  it('have a role and a log group each', () => {
    const roles = functions.map((it) => referencesIn(it.properties['Role']).join());
    const logs = functions.map((it) => referencesIn(it.properties['LoggingConfig']).join());
    expect(new Set(roles).size).toBe(HANDLERS.length);
    expect(new Set(logs).size).toBe(HANDLERS.length);
  });

  it('get every variable of ChatEnv and no other', () => {
    const names = environmentNames();
    expect(names.length).toBeGreaterThan(10);
    for (const it of functions) {
      expect(Object.keys(environmentOf(it)).toSorted()).toEqual(names.toSorted());
    }
  });

  it('get the configuration as JSON', () => {
    const [first] = functions.map(environmentOf);
    expect(first).toMatchObject({
      PARLEY_STAGE: 'dev',
      ALLOWED_ORIGINS: '["https://shop.example"]',
      PRODUCT_HOSTS: '["img.example"]',
    });
    expect(JSON.parse(String(first?.['LIMITS']))).toMatchObject({ roomsPerHour: 7 });
    expect(JSON.parse(String(first?.['ISSUERS']))).toMatchObject([{ audience: ['shop'] }]);
  });

  it('push to the address of the API and stage, made from references', () => {
    const api = resourceOf(template, 'AWS::ApiGatewayV2::Api', 'Socket').id;
    const [first] = functions.map(environmentOf);
    expect(first?.['CALLBACK_URL']).toEqual({
      'Fn::Join': [
        '',
        [
          'https://',
          { Ref: api },
          '.execute-api.',
          { Ref: 'AWS::Region' },
          '.',
          { Ref: 'AWS::URLSuffix' },
          '/dev',
        ],
      ],
    });
  });

  it.each([
    ['dev', 7, 'Delete'],
    ['prod', 90, 'Retain'],
  ])('of stage %s keep logs for %i days', (stage, days, policy) => {
    const groups = resourcesOf(chatTemplate({ PARLEY_STAGE: stage }), 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(HANDLERS.length + 2);
    for (const { properties, deletionPolicy } of groups) {
      expect(properties['RetentionInDays']).toBe(days);
      expect(deletionPolicy).toBe(policy);
    }
  });
});
