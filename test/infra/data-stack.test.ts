/** The tables: their keys are the store's, and what they hold is kept where it matters. */
import { describe, expect, it } from 'vitest';

import { ROOM_INDEXES, TABLE_KEYS, TTL_ATTRIBUTE } from '#store/keys.ts';

import { dataTemplate, resourceOf, resourcesOf, type Properties } from './stage.ts';

const template = dataTemplate();
const TABLES = ['Rooms', 'Messages', 'Connections', 'Profiles'] as const;
const table = (name: string) => resourceOf(template, 'AWS::DynamoDB::Table', name).properties;

/** Key attributes with their types: `roomId:S`. */
function keysOf(properties: Properties, schema: unknown): readonly string[] {
  const types = properties['AttributeDefinitions'] as readonly Record<string, string>[];
  return (schema as readonly Record<string, string>[]).map(({ AttributeName: name }) => {
    const type = types.find(({ AttributeName }) => AttributeName === name);
    return `${name}:${type?.['AttributeType']}`;
  });
}

const typed = (names: readonly string[]) =>
  names.map((name) => `${name}:${name === 'seq' ? 'N' : 'S'}`);

describe('the data stack', () => {
  it('holds the four tables, the bucket and nothing else', () => {
    const types = Object.values(template.toJSON()['Resources'] as Record<string, Properties>);
    expect(types.map((it) => it['Type'])).toEqual([
      ...TABLES.map(() => 'AWS::DynamoDB::Table'),
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
  });

  it.each(Object.entries(TABLE_KEYS))('keys %s as the store does', (name, keys) => {
    const properties = table(name.charAt(0).toUpperCase() + name.slice(1));
    expect(keysOf(properties, properties['KeySchema'])).toEqual(typed(keys));
  });

  it('indexes the rooms as the store does, keys only', () => {
    const rooms = table('Rooms');
    const indexes = rooms['GlobalSecondaryIndexes'] as readonly Properties[];
    expect(
      indexes.map((it) => [it['IndexName'], keysOf(rooms, it['KeySchema']), it['Projection']]),
    ).toEqual(
      Object.entries(ROOM_INDEXES).map(([name, keys]) => [
        name,
        typed(keys),
        { ProjectionType: 'KEYS_ONLY' },
      ]),
    );
  });

  it.each([
    ['Rooms', undefined],
    ['Messages', undefined],
    ['Connections', { AttributeName: TTL_ATTRIBUTE, Enabled: true }],
    ['Profiles', { AttributeName: TTL_ATTRIBUTE, Enabled: true }],
  ])('expires the items of %s by %j', (name, ttl) => {
    expect(table(name)['TimeToLiveSpecification']).toEqual(ttl);
  });

  it.each([
    ['Rooms', undefined],
    ['Messages', { StreamViewType: 'NEW_AND_OLD_IMAGES' }],
    ['Connections', { StreamViewType: 'NEW_AND_OLD_IMAGES' }],
    ['Profiles', undefined],
  ])('streams %s as %j', (name, stream) => {
    expect(table(name)['StreamSpecification']).toEqual(stream);
  });

  it.each(TABLES)('pays per request for %s and can restore it', (name) => {
    expect(table(name)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it.each([
    ['dev', false, 'Delete'],
    ['local', false, 'Delete'],
    ['prod', true, 'Retain'],
    ['staging', true, 'Retain'],
  ])('of stage %s protects its tables: %s', (stage, isProtected, policy) => {
    const tables = resourcesOf(dataTemplate({ PARLEY_STAGE: stage }), 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(4);
    for (const { properties, deletionPolicy } of tables) {
      expect(properties['DeletionProtectionEnabled']).toBe(isProtected);
      expect(deletionPolicy).toBe(policy);
    }
  });
});
