import { describe, expect, it } from 'vitest';

import { bucketOf } from '../../../lib/local/template/bucket-models.ts';
import { aResource } from '../fixtures/resources.ts';
import { serviceResources } from '../fixtures/templates.ts';

const bucketWith = (properties: object) =>
  bucketOf(aResource('AWS::S3::Bucket', 'Files', properties));

describe('bucketOf', () => {
  it('reads CORS and what expires', () => {
    expect(bucketWith(serviceResources().Files.Properties)).toEqual({
      logicalId: 'Chat/Files',
      bucketName: 'Chat-Files',
      cors: [
        {
          allowedOrigins: ['https://shop.example'],
          allowedMethods: ['POST', 'GET'],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag'],
          maxAgeSeconds: 600,
        },
      ],
      expirations: [{ prefix: 'pending/', days: 1 }],
    });
  });

  it('takes a rule without a prefix for the whole bucket', () => {
    const LifecycleConfiguration = { Rules: [{ Status: 'Enabled', ExpirationInDays: 7 }] };
    expect(bucketWith({ LifecycleConfiguration }).expirations).toEqual([{ prefix: '', days: 7 }]);
  });

  it('reads a bucket that says nothing', () => {
    expect(bucketWith({})).toMatchObject({ cors: [], expirations: [] });
  });

  it('refuses to expire by tags, which no object has here', () => {
    const rule = { Status: 'Enabled', ExpirationInDays: 1, TagFilters: [{ Key: 'a', Value: 'b' }] };
    expect(() => bucketWith({ LifecycleConfiguration: { Rules: [rule] } })).toThrow(
      /Chat\/Files.*not by tags/u,
    );
  });
});
