/** CloudFront Functions: what they may do to a request, and what they cannot reach. */
import { describe, expect, it } from 'vitest';

import { loadRequestFunction } from '../../../lib/local/site/request-function.ts';

const load = (body: string) => loadRequestFunction(`function handler(event) { ${body} }`, 'Edge');
const call = (body: string, uri = '/a') =>
  load(body)({ method: 'GET', uri, headers: { host: 'shop.example' } });

describe('a function of CloudFront', () => {
  it('sends a request on, changed or not', () => {
    expect(call('return event.request;')).toEqual({ kind: 'request', uri: '/a' });
    expect(call("event.request.uri = '/b'; return event.request;")).toEqual({
      kind: 'request',
      uri: '/b',
    });
  });

  it('sees the request as CloudFront shows it', () => {
    const seen = "event.request.uri = '/' + event.context.eventType + event.request.method";
    expect(call(`${seen} + event.request.headers.host.value; return event.request;`)).toEqual({
      kind: 'request',
      uri: '/viewer-requestGETshop.example',
    });
  });

  it('answers by itself', () => {
    const moved = "{ statusCode: 301, headers: { location: { value: '/b' } } }";
    expect(call(`return ${moved};`)).toEqual({
      kind: 'response',
      status: 301,
      headers: { location: '/b' },
    });
  });

  it.each(['process', 'require', 'fetch', 'Buffer', 'setTimeout'])('has no %s', (name) => {
    expect(call(`event.request.uri = '/' + typeof ${name}; return event.request;`)).toEqual({
      kind: 'request',
      uri: '/undefined',
    });
  });

  it('evaluates no text, and reaches nothing of this process', () => {
    expect(() => call("return eval('event.request');")).toThrow(/code generation/iu);
    expect(() => call("event.constructor.constructor('return process')();")).toThrow(
      /code generation/iu,
    );
  });

  it('is stopped where it does not end', () => {
    expect(() => call('while (true) {}')).toThrow(/timed out/u);
  });

  it.each([
    ['nothing', 'return;'],
    ['a text', "return '/b';"],
    ['a path without a slash', "event.request.uri = 'b'; return event.request;"],
  ])('is told off where it returns %s', (_, body) => {
    expect(() => call(body)).toThrow(/^Edge returned/u);
  });

  it('is refused where CloudFront would not take it', () => {
    expect(() => loadRequestFunction(`//${' '.repeat(10_240)}`, 'Edge')).toThrow(/10240 bytes/u);
    expect(() => loadRequestFunction('function handler( {', 'Edge')).toThrow(/Unexpected/u);
    expect(() => loadRequestFunction('function other() {}', 'Edge')).toThrow(
      /no function "handler"/u,
    );
  });
});
