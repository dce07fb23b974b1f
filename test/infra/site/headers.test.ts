/** The security headers: what the policy lets in, what is refused, and who may load the widget. */
import { describe, expect, it } from 'vitest';

import { resourceOf, siteTemplate, type Properties } from '../stage.ts';

const configOf = (name: string, settings?: Readonly<Record<string, unknown>>) =>
  resourceOf(siteTemplate(settings), 'AWS::CloudFront::ResponseHeadersPolicy', name).properties[
    'ResponseHeadersPolicyConfig'
  ] as Readonly<Record<string, Properties>>;

/** The policy as text; a reference stands as the name of what it imports. */
function policyOf(settings?: Readonly<Record<string, unknown>>): Map<string, string[]> {
  const { ContentSecurityPolicy } = configOf('SitePageHeaders', settings)[
    'SecurityHeadersConfig'
  ] as { ContentSecurityPolicy: { ContentSecurityPolicy: { 'Fn::Join': [string, unknown[]] } } };
  const [, parts] = ContentSecurityPolicy.ContentSecurityPolicy['Fn::Join'];
  const text = parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const imported = JSON.stringify(part);
      if (imported.includes('Attachments')) return '[files]';
      if (imported.includes('Socket')) return '[socket]';
      return imported.includes('HttpApi') ? '[api]' : '[region]';
    })
    .join('');
  const directives = text.split('; ').map((it) => it.split(' '));
  return new Map(directives.map(([name = '', ...values]) => [name, values]));
}

const customOf = (name: string) => {
  const { Items } = configOf(name)['CustomHeadersConfig'] as { Items: Properties[] };
  return Object.fromEntries(Items.map((it) => [it['Header'], it['Value']]));
};

describe('the content security policy', () => {
  const policy = policyOf();

  it('allows nothing that it does not name', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
  });

  it('has nothing inline and nothing evaluated', () => {
    const all = [...policy.values()].flat();
    expect(all.filter((it) => it.includes('unsafe') || it === '*' || it === 'http:')).toEqual([]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'"]);
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
  });

  it('talks to the stage’s own APIs and files, and to nobody else', () => {
    expect(policy.get('connect-src')).toEqual([
      "'self'",
      '[api]',
      expect.stringMatching(/^wss:\/\/\[socket\]\.execute-api\.\[region\]\.\[region\]$/u),
      'https://[files]',
    ]);
  });

  it('talks to whoever hands out the tokens, where that is elsewhere', () => {
    const settings = { PARLEY_TOKEN_URL: 'https://id.shop.example/token?a=1' };
    expect(policyOf(settings).get('connect-src')).toContain('https://id.shop.example');
  });

  it.each(['frame-ancestors', 'base-uri'])('refuses %s to everybody', (name) => {
    expect(policy.get(name)).toEqual(["'none'"]);
  });

  it('fits into a header of CloudFront', () => {
    const longest = [...policy].map((it) => it.flat().join(' ')).join('; ');
    expect(longest.length).toBeLessThan(1_200);
  });
});

describe('the other headers', () => {
  it.each(['SitePageHeaders', 'SiteWidgetHeaders'])('of %s are the project’s', (name) => {
    expect(configOf(name)['SecurityHeadersConfig']).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Override: true,
      },
    });
    expect(customOf(name)).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': expect.stringMatching(/camera=\(\).*microphone=\(\)/u),
      'X-DNS-Prefetch-Control': 'off',
      'X-Permitted-Cross-Domain-Policies': 'none',
    });
  });

  it('say nothing of what serves them', () => {
    for (const name of ['SitePageHeaders', 'SiteWidgetHeaders']) {
      const { Items } = configOf(name)['RemoveHeadersConfig'] as { Items: Properties[] };
      expect(Items.map((it) => it['Header'])).toContain('Server');
    }
  });

  it('stand on everything that the distribution serves', () => {
    const { DistributionConfig } = resourceOf(
      siteTemplate(),
      'AWS::CloudFront::Distribution',
      'SiteDistribution',
    ).properties as { DistributionConfig: Record<string, Properties | Properties[]> };
    const { DefaultCacheBehavior, CacheBehaviors } = DistributionConfig;
    const behaviors = [DefaultCacheBehavior, CacheBehaviors].flat();
    expect(behaviors).toHaveLength(3);
    const policies = behaviors.map((it) => JSON.stringify(it?.['ResponseHeadersPolicyId']));
    expect(policies.filter((it) => /Site(?:Page|Widget)Headers/u.test(it))).toHaveLength(3);
  });

  it('keep pages to their own origin, and lend the widget to every one', () => {
    expect(customOf('SitePageHeaders')['Cross-Origin-Resource-Policy']).toBe('same-origin');
    expect(configOf('SitePageHeaders')['CorsConfig']).toBeUndefined();
    expect(customOf('SiteWidgetHeaders')['Cross-Origin-Resource-Policy']).toBe('cross-origin');
    expect(configOf('SiteWidgetHeaders')['CorsConfig']).toMatchObject({
      AccessControlAllowOrigins: { Items: ['*'] },
      AccessControlAllowCredentials: false,
    });
  });
});
