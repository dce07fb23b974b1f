/** The outputs of a deployment: what the site is told, and what its operator has to hear. */
import { describe, expect, it } from 'vitest';

import { missingOrigin, outputsOf } from '../../lib/site/outputs.ts';

const CHAT = {
  ApiUrl: 'https://api.example/v1',
  SocketUrl: 'wss://socket.example/dev',
  AllowedOrigins: '["https://shop.example"]',
};
const SITE = {
  SiteUrl: 'https://d1.cloudfront.net',
  SiteBucket: 'site-bucket',
  SiteRegion: 'eu-central-1',
};

const read = (site: object = SITE, chat: object = CHAT) =>
  outputsOf(JSON.stringify({ 'Parley-dev-Chat': chat, 'Parley-dev-Site': site }));

describe('the outputs', () => {
  it('are gathered from all stacks', () => {
    expect(read()).toEqual({
      siteUrl: 'https://d1.cloudfront.net',
      bucket: 'site-bucket',
      region: 'eu-central-1',
      config: { api: 'https://api.example/v1', socket: 'wss://socket.example/dev' },
      allowedOrigins: ['https://shop.example'],
    });
  });

  it('say who signs people in, where that is set', () => {
    const identity = { TokenUrl: 'https://a.example/token', SignInUrl: 'https://a.example/in' };
    expect(read({ ...SITE, ...identity }).config).toEqual({
      api: 'https://api.example/v1',
      socket: 'wss://socket.example/dev',
      tokenUrl: 'https://a.example/token',
      signInUrl: 'https://a.example/in',
    });
  });

  it('of an earlier version do without the bucket’s region', () => {
    expect(read({ ...SITE, SiteRegion: undefined }).region).toBeUndefined();
  });

  it.each(['SiteUrl', 'SiteBucket'])('without %s are those of half a deployment', (name) => {
    expect(() => read({ ...SITE, [name]: undefined })).toThrow(`put out no ${name}`);
  });

  it.each(['ApiUrl', 'SocketUrl', 'AllowedOrigins'])('need %s', (name) => {
    expect(() => read(SITE, { ...CHAT, [name]: undefined })).toThrow(`put out no ${name}`);
  });
});

describe('the advice on origins', () => {
  it('names the site that the APIs would refuse, beside those they know', () => {
    expect(missingOrigin(read())).toContain(
      `PARLEY_ORIGINS='["https://shop.example","https://d1.cloudfront.net"]'`,
    );
  });

  it('is not given where the site is let in', () => {
    const allowing = (origins: string) => read(SITE, { ...CHAT, AllowedOrigins: origins });
    expect(missingOrigin(allowing('[]'))).toBeUndefined();
    expect(missingOrigin(allowing('["https://d1.cloudfront.net"]'))).toBeUndefined();
  });
});
