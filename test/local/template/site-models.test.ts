/** The distribution of the real template, as the local runtime reads it; and what it refuses to play. */
import { describe, expect, it } from 'vitest';

import type { Resource } from '../../../lib/local/template/deployment.ts';
import { distributionOf } from '../../../lib/local/template/site-models.ts';
import { aResource } from '../fixtures/resources.ts';

const BUCKET = aResource('AWS::S3::Bucket', 'SiteBucket', {});
const POLICY = aResource('AWS::CloudFront::CachePolicy', 'Cache', {
  CachePolicyConfig: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingBrotli: true,
      EnableAcceptEncodingGzip: true,
    },
  },
});
const REWRITE = aResource('AWS::CloudFront::Function', 'Rewrite', { FunctionCode: 'the code' });
const HEADERS = aResource('AWS::CloudFront::ResponseHeadersPolicy', 'Headers', {
  ResponseHeadersPolicyConfig: {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: {
        ContentSecurityPolicy: "connect-src 'self' https://api.at.aws",
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: false },
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 60,
        IncludeSubdomains: true,
        Preload: true,
        Override: true,
      },
    },
    CustomHeadersConfig: {
      Items: [{ Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin', Override: true }],
    },
    RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
    CorsConfig: {
      AccessControlAllowOrigins: { Items: ['*'] },
      AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
      AccessControlMaxAgeSec: 60,
      OriginOverride: true,
    },
  },
});

const BEHAVIOR = {
  CachePolicyId: POLICY.ref,
  Compress: true,
  ResponseHeadersPolicyId: HEADERS.ref,
  FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: REWRITE.ref }],
};

function distributionWith(config: object = {}, behavior: object = {}) {
  const resources: readonly Resource[] = [BUCKET, POLICY, REWRITE, HEADERS];
  const distribution = aResource('AWS::CloudFront::Distribution', 'Distribution', {
    DistributionConfig: {
      DefaultRootObject: 'index.html',
      DefaultCacheBehavior: { ...BEHAVIOR, ...behavior },
      CacheBehaviors: [{ PathPattern: '/assets/*', CachePolicyId: POLICY.ref }],
      CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/404.html' }],
      Origins: [{ DomainName: `${BUCKET.ref}.s3.us-east-1.amazonaws.com` }],
      ...config,
    },
  });
  return distributionOf(distribution, {
    find: (type) => resources.filter((it) => it.type === type),
    localAddress: (text) => text.replace('https://api.at.aws', 'http://localhost:4000'),
  });
}

describe('distributionOf', () => {
  it('reads the bucket, the root and the pages for errors', () => {
    expect(distributionWith()).toMatchObject({
      logicalId: 'Chat/Distribution',
      bucketName: BUCKET.ref,
      rootObject: 'index.html',
      errorPages: [{ status: 404, path: '/404.html', responseStatus: 200 }],
    });
  });

  it('tries the default behaviour last', () => {
    const { behaviors } = distributionWith();
    expect(behaviors.map(({ pathPattern }) => pathPattern)).toEqual(['/assets/*', '*']);
    expect(behaviors).toMatchObject([
      { encodings: [], requestFunction: undefined, headers: undefined, methods: ['GET', 'HEAD'] },
      { encodings: ['br', 'gzip'], requestFunction: 'the code' },
    ]);
  });

  it('reads the headers as they are sent, with this machine’s addresses', () => {
    const header = (name: string, value: string, isForced = true) => ({ name, value, isForced });
    expect(distributionWith().behaviors[1]?.headers).toEqual({
      set: [
        header('content-security-policy', "connect-src 'self' http://localhost:4000"),
        header('x-content-type-options', 'nosniff'),
        header('x-frame-options', 'DENY'),
        header('referrer-policy', 'no-referrer', false),
        header('strict-transport-security', 'max-age=60; includeSubDomains; preload'),
        header('cross-origin-opener-policy', 'same-origin'),
      ],
      remove: ['server'],
      cors: [
        header('access-control-allow-origin', '*'),
        header('access-control-allow-methods', 'GET, HEAD'),
        header('access-control-max-age', '60'),
      ],
    });
  });

  it.each([
    [{ Origins: [{ DomainName: 'shop.example' }] }, {}, /over one bucket, not over shop\.example/u],
    [{ Origins: [] }, {}, /over one bucket/u],
    [{}, { CachePolicyId: '658327ea-managed' }, /658327ea-managed.*no managed ones/u],
    [{}, { ResponseHeadersPolicyId: 'managed' }, /managed, which is no AWS::CloudFront::Resp/u],
    [
      {},
      { FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: REWRITE.ref }] },
      /on the viewer's request/u,
    ],
    [
      {},
      { FunctionAssociations: [...BEHAVIOR.FunctionAssociations, {}] },
      /one function per behaviour/u,
    ],
  ])('refuses %j %j', (config, behavior, message) => {
    expect(() => distributionWith(config, behavior)).toThrow(message);
  });
});
