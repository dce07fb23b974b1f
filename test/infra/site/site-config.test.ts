/** The site's settings: a domain goes with its certificate, and addresses are https. */
import { describe, expect, it } from 'vitest';

import { configFrom } from '../../../lib/infra/config.ts';
import { siteFrom } from '../../../lib/infra/site/site-config.ts';

const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c-2d';
const DOMAIN = { PARLEY_SITE_DOMAIN: 'chat.shop.example', PARLEY_SITE_CERTIFICATE: ARN };
const reader = (settings: Record<string, unknown>) => (name: string) => Reflect.get(settings, name);
const site = (settings: Record<string, unknown>) => siteFrom(reader(settings));

describe('the settings of the site', () => {
  it('may be absent', () => {
    expect(site({})).toEqual({ domain: undefined, tokenUrl: undefined, signInUrl: undefined });
  });

  it('take a domain with its certificate, and who signs people in', () => {
    const identity = {
      PARLEY_TOKEN_URL: 'https://shop.example/token',
      PARLEY_SIGN_IN_URL: 'https://shop.example/sign-in?next=chat',
    };
    expect(site({ ...DOMAIN, ...identity })).toEqual({
      domain: { name: 'chat.shop.example', certificateArn: ARN },
      tokenUrl: 'https://shop.example/token',
      signInUrl: 'https://shop.example/sign-in?next=chat',
    });
  });

  it.each([
    [{ PARLEY_SITE_DOMAIN: 'chat.shop.example' }, 'PARLEY_SITE_CERTIFICATE is missing'],
    [{ PARLEY_SITE_CERTIFICATE: ARN }, 'PARLEY_SITE_DOMAIN is missing'],
    [{ ...DOMAIN, PARLEY_SITE_DOMAIN: 'https://chat.shop.example' }, 'PARLEY_SITE_DOMAIN'],
    [{ ...DOMAIN, PARLEY_SITE_DOMAIN: 'localhost' }, 'PARLEY_SITE_DOMAIN'],
    [
      { ...DOMAIN, PARLEY_SITE_CERTIFICATE: ARN.replace('us-east-1', 'eu-central-1') },
      'in us-east-1',
    ],
    [{ PARLEY_TOKEN_URL: 'http://shop.example/token' }, 'PARLEY_TOKEN_URL'],
    [{ PARLEY_TOKEN_URL: '/token' }, 'PARLEY_TOKEN_URL'],
    [{ PARLEY_SIGN_IN_URL: 'javascript:alert(1)' }, 'PARLEY_SIGN_IN_URL'],
    [{ PARLEY_SIGN_IN_URL: 7 }, 'PARLEY_SIGN_IN_URL'],
  ])('refuse %j, and say which', (settings, message) => {
    expect(() => site(settings)).toThrow(message);
  });
});

describe('the origins that may call', () => {
  it('include the site’s own domain where there is a list', () => {
    const settings = { ...DOMAIN, PARLEY_ORIGINS: ['https://shop.example'] };
    expect(configFrom(reader(settings)).origins).toEqual([
      'https://shop.example',
      'https://chat.shop.example',
    ]);
  });

  it('stay all of them where there is none', () => {
    expect(configFrom(reader(DOMAIN)).origins).toEqual([]);
  });
});
