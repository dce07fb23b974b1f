/** The bucket: private, encrypted, swept, and open to the shop's pages only. */
import { describe, expect, it } from 'vitest';

import { PENDING, ROOMS } from '#runtime/objects/requests.ts';

import { PREFIXES } from '../../lib/infra/attachments.ts';
import { dataTemplate, referencesIn, resourceOf } from './stage.ts';

const template = dataTemplate();
const bucketOf = (settings?: Readonly<Record<string, unknown>>) =>
  resourceOf(dataTemplate(settings), 'AWS::S3::Bucket');
const bucket = resourceOf(template, 'AWS::S3::Bucket');

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: unknown;
  readonly Condition: unknown;
  readonly Resource: unknown;
}

describe('the bucket of attachments', () => {
  it('is private: no policy and no list of grants can open it', () => {
    expect(bucket.properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.properties['OwnershipControls']).toEqual({
      Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    });
  });

  it('encrypts, and keeps no versions of what was deleted', () => {
    expect(JSON.stringify(bucket.properties['BucketEncryption'])).toContain('AES256');
    expect(bucket.properties['VersioningConfiguration']).toBeUndefined();
  });

  it('refuses everybody without TLS, and with an old one', () => {
    const policy = resourceOf(template, 'AWS::S3::BucketPolicy').properties;
    const { Statement } = policy['PolicyDocument'] as { Statement: Statement[] };
    expect(Statement.map((it) => it.Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
    for (const { Effect, Action, Principal, Resource } of Statement) {
      expect({ Effect, Action, Principal }).toEqual({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
      });
      expect(referencesIn(Resource)).toEqual([bucket.id, bucket.id]);
    }
  });

  it('sweeps uploads after a day and files never', () => {
    expect(bucket.properties['LifecycleConfiguration']).toEqual({
      Rules: [
        { Id: 'sweep-pending', Prefix: PENDING, ExpirationInDays: 1, Status: 'Enabled' },
        {
          Id: 'abort-parts',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          Status: 'Enabled',
        },
      ],
    });
  });

  it('names its places as the functions do', () => {
    expect(PREFIXES).toEqual({ pending: PENDING, rooms: ROOMS });
  });

  it.each([
    [undefined, ['*']],
    [
      ['https://shop.example', 'http://localhost:4000'],
      ['https://shop.example', 'http://localhost:4000'],
    ],
  ])('lets pages of %j post and read', (origins, allowed) => {
    const { properties } = bucketOf(origins && { PARLEY_ORIGINS: origins });
    expect(properties['CorsConfiguration']).toEqual({
      CorsRules: [
        {
          AllowedOrigins: allowed,
          AllowedMethods: ['POST', 'GET', 'HEAD'],
          AllowedHeaders: ['*'],
          MaxAge: 3600,
        },
      ],
    });
  });

  it.each([
    ['dev', 'Delete'],
    ['prod', 'Retain'],
  ])('of stage %s meets the end of its stack with %s, and its policy too', (stage, policy) => {
    const stageTemplate = dataTemplate({ PARLEY_STAGE: stage });
    expect(resourceOf(stageTemplate, 'AWS::S3::Bucket').deletionPolicy).toBe(policy);
    expect(resourceOf(stageTemplate, 'AWS::S3::BucketPolicy').deletionPolicy).toBe(policy);
  });
});
