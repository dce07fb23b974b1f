/** The stack of the site: what the deployment needs to know of it, and that none of its code is foreign. */
import { describe, expect, it } from 'vitest';

import { referencesIn, resourceOf, siteTemplate } from '../stage.ts';

const outputsOf = (settings?: Readonly<Record<string, unknown>>) =>
  siteTemplate(settings).toJSON()['Outputs'] as Record<string, { Value: unknown }>;

describe('the site stack', () => {
  it('puts out where the site is and what to fill', () => {
    const template = siteTemplate();
    const outputs = outputsOf();
    expect(Object.keys(outputs)).toEqual([
      'SiteUrl',
      'SiteBucket',
      'SiteRegion',
      'DistributionHost',
    ]);
    expect(referencesIn(outputs['SiteBucket'])).toEqual([
      resourceOf(template, 'AWS::S3::Bucket').id,
    ]);
    expect(outputs['SiteRegion']?.Value).toEqual({ Ref: 'AWS::Region' });
    const distribution = resourceOf(template, 'AWS::CloudFront::Distribution').id;
    expect(referencesIn(outputs['SiteUrl'])).toEqual([distribution]);
  });

  it('puts out its own domain, and who signs people in, where they are set', () => {
    const outputs = outputsOf({
      PARLEY_SITE_DOMAIN: 'chat.shop.example',
      PARLEY_SITE_CERTIFICATE: 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c-2d',
      PARLEY_TOKEN_URL: 'https://shop.example/token',
      PARLEY_SIGN_IN_URL: 'https://shop.example/sign-in',
    });
    expect(outputs).toMatchObject({
      SiteUrl: { Value: 'https://chat.shop.example' },
      TokenUrl: { Value: 'https://shop.example/token' },
      SignInUrl: { Value: 'https://shop.example/sign-in' },
    });
  });

  it('has no function of Lambda and no custom resource', () => {
    const { Resources } = siteTemplate().toJSON() as { Resources: Record<string, object> };
    const types = Object.values(Resources).map((it) => String(Reflect.get(it, 'Type')));
    expect(types.filter((type) => /Lambda|^Custom::|CustomResource/u.test(type))).toEqual([]);
  });
});
