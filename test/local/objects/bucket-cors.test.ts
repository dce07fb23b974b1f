import { describe, expect, it } from 'vitest';

import { corsHeaders, preflightHeaders } from '../../../lib/local/objects/bucket-cors.ts';
import { MODEL, ORIGIN } from '../fixtures/bucket.ts';

const preflight = (origin: string | undefined, method: string | undefined, headers?: string) =>
  preflightHeaders(MODEL.cors, {
    ...(origin && { origin }),
    ...(method && { 'access-control-request-method': method }),
    ...(headers && { 'access-control-request-headers': headers }),
  });

describe('preflightHeaders', () => {
  it('allows what a rule allows', () => {
    expect(preflight(ORIGIN, 'POST', 'Content-Type, x-amz-date')).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'POST, GET',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'content-type, x-amz-date',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it.each<[string, string, string | undefined]>([
    ['https://evil.example', 'POST', undefined],
    [ORIGIN, 'DELETE', undefined],
    [ORIGIN, 'POST', 'x-other'],
    [ORIGIN, 'POST', 'content-type, x-other'],
  ])('forbids %s %s %s', (origin, method, headers) => {
    expect(() => preflight(origin, method, headers)).toThrow(/not allowed/u);
  });

  it('asks for an origin and a method', () => {
    expect(() => preflight(undefined, 'POST')).toThrow(/Insufficient/u);
    expect(() => preflight(ORIGIN, undefined)).toThrow(/Insufficient/u);
  });
});

describe('corsHeaders', () => {
  it.each<[string, boolean]>([
    [ORIGIN, true],
    ['HTTPS://SHOP.EXAMPLE', true],
    ['https://shop.example.evil', false],
    ['http://a.example', true],
    ['http://a.b.example', true],
    ['http://.exampl', false],
    ['https://a.example', false],
  ])('lets %s in: %s', (origin, isAllowed) => {
    const { 'access-control-allow-origin': allowed } = corsHeaders(MODEL.cors, origin, 'GET');
    expect(allowed).toBe(isAllowed ? origin : undefined);
  });

  it('lets everybody in by a star, without credentials', () => {
    const rules = MODEL.cors.map((rule) => ({ ...rule, allowedOrigins: ['*'] }));
    expect(corsHeaders(rules, 'https://any.example', 'GET')).toMatchObject({
      'access-control-allow-origin': '*',
    });
    expect(corsHeaders(rules, 'https://any.example', 'GET')).not.toHaveProperty(
      'access-control-allow-credentials',
    );
  });

  it('takes no letter for two of a pattern', () => {
    const rules = MODEL.cors.map((rule) => ({
      ...rule,
      allowedOrigins: ['http://shop*p.example'],
    }));
    expect(corsHeaders(rules, 'http://shop.example', 'GET')).toEqual({});
    expect(corsHeaders(rules, 'http://shop-p.example', 'GET')).not.toEqual({});
  });

  it('says nothing to who is no page, and nothing about other methods', () => {
    expect(corsHeaders(MODEL.cors, undefined, 'GET')).toEqual({});
    expect(corsHeaders(MODEL.cors, ORIGIN, 'PUT')).toEqual({});
  });
});
