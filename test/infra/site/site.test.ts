/** The site: private behind CloudFront, kept as long as its objects say, and honest about what is missing. */
import { describe, expect, it } from 'vitest';

import { referencesIn, resourceOf, siteTemplate, type Properties } from '../stage.ts';

const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c-2d';
const DOMAIN = { PARLEY_SITE_DOMAIN: 'chat.shop.example', PARLEY_SITE_CERTIFICATE: ARN };

const template = siteTemplate();
const configOf = (of = template) =>
  resourceOf(of, 'AWS::CloudFront::Distribution').properties['DistributionConfig'] as Properties;
const config = configOf();
const bucket = resourceOf(template, 'AWS::S3::Bucket');
const behaviors = config['CacheBehaviors'] as Properties[];
const fallback = config['DefaultCacheBehavior'] as Properties;

const headersOf = (behavior: Properties | undefined) =>
  referencesIn(behavior?.['ResponseHeadersPolicyId'])[0];

describe('the bucket of the site', () => {
  it('is private and encrypted', () => {
    expect(bucket.properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(bucket.properties['BucketEncryption'])).toContain('AES256');
  });

  it('lets this distribution read and list, and nobody else do anything', () => {
    const policy = resourceOf(template, 'AWS::S3::BucketPolicy').properties['PolicyDocument'];
    const { Statement } = policy as { Statement: Properties[] };
    const [allowed, ...others] = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(others).toEqual([]);
    expect(allowed).toMatchObject({
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['s3:GetObject', 's3:ListBucket'],
    });
    expect(referencesIn(allowed?.['Condition'])).toContain(
      resourceOf(template, 'AWS::CloudFront::Distribution').id,
    );
  });
});

describe('the distribution', () => {
  it('reads one bucket, signing its requests', () => {
    const [origin, ...others] = config['Origins'] as Properties[];
    expect(others).toEqual([]);
    expect(referencesIn(origin?.['DomainName'])).toEqual([bucket.id]);
    expect(referencesIn(origin?.['OriginAccessControlId'])).toEqual([
      resourceOf(template, 'AWS::CloudFront::OriginAccessControl').id,
    ]);
  });

  it('lends the widget, and sends everything else with the headers of pages', () => {
    expect(behaviors.map((it) => it['PathPattern'])).toEqual(['/assets/*', '/widget/*']);
    const [assets, widget] = behaviors;
    expect(headersOf(assets)).toBe(headersOf(fallback));
    expect(headersOf(widget)).not.toBe(headersOf(fallback));
  });

  it.each([fallback, ...behaviors])('is read by TLS, compressed, behaviour %#', (behavior) => {
    expect(behavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https', Compress: true });
    expect(behavior['AllowedMethods']).toBeUndefined();
  });

  it('keeps what it sends as long as the objects say', () => {
    const policy = resourceOf(template, 'AWS::CloudFront::CachePolicy').properties;
    expect(policy['CachePolicyConfig']).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 60,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
  });

  it('rewrites the addresses of pages only, on CloudFront’s second runtime', () => {
    const [association] = fallback['FunctionAssociations'] as Properties[];
    expect(association?.['EventType']).toBe('viewer-request');
    expect(behaviors.map((it) => it['FunctionAssociations'])).toEqual([undefined, undefined]);
    const rewrite = resourceOf(template, 'AWS::CloudFront::Function').properties;
    expect(rewrite['FunctionConfig']).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
  });

  it('shows the app’s own words for what is missing, with the status of what is missing', () => {
    expect(config['CustomErrorResponses']).toEqual([
      {
        ErrorCode: 404,
        ResponseCode: 404,
        ResponsePagePath: '/index.html',
        ErrorCachingMinTTL: 10,
      },
    ]);
  });

  it('speaks HTTP/2 and HTTP/3', () => {
    expect(config['HttpVersion']).toBe('http2and3');
  });

  it('takes a domain of its own, with TLS 1.2 at least', () => {
    const own = configOf(siteTemplate(DOMAIN));
    expect(own['Aliases']).toEqual(['chat.shop.example']);
    expect(own['ViewerCertificate']).toMatchObject({
      AcmCertificateArn: ARN,
      MinimumProtocolVersion: 'TLSv1.2_2021',
    });
  });
});
