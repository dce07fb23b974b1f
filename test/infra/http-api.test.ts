/** The HTTP API: the contract's calls, each a route, and what browsers may do with them. */
import { describe, expect, it } from 'vitest';

import { HTTP_ROUTES } from '#protocol/http-routes.ts';

import { chatTemplate, referencesIn, resourceOf, resourcesOf } from './stage.ts';

const template = chatTemplate({ PARLEY_ORIGINS: ['https://shop.example'] });
const api = resourceOf(template, 'AWS::ApiGatewayV2::Api', 'Http');
const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').filter((it) =>
  referencesIn(it.properties['ApiId']).includes(api.id),
);
const keysOf = (list: typeof routes) => list.map((it) => String(it.properties['RouteKey']));

/** The route keys that lead to a function. */
function keysTo(functionName: string): readonly string[] {
  const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').filter((it) =>
    referencesIn(it.properties['IntegrationUri']).some((id) => id.startsWith(functionName)),
  );
  const ids = integrations.map(({ id }) => id);
  return keysOf(
    routes.filter((it) => referencesIn(it.properties['Target']).some((id) => ids.includes(id))),
  );
}

describe('the HTTP API', () => {
  it('has a route for every call of the contract and no other', () => {
    const calls = Object.values(HTTP_ROUTES).map(({ method, path }) => `${method} ${path}`);
    expect(keysOf(routes).toSorted()).toEqual(calls.toSorted());
  });

  it('leads messages and read marks to one function, the health check to another', () => {
    const { sendMessage, listMessages, readRoom, health } = HTTP_ROUTES;
    const keys = [sendMessage, listMessages, readRoom].map((it) => `${it.method} ${it.path}`);
    expect(keysTo('HttpMessagesFunction')).toEqual(expect.arrayContaining(keys));
    expect(keysTo('HttpPublicFunction')).toContain(`${health.method} ${health.path}`);
  });

  it('has no authorizer: the functions verify the token', () => {
    for (const { properties } of routes) expect(properties['AuthorizationType']).toBe('NONE');
  });

  it('hands events over in format 2.0', () => {
    const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').filter((it) =>
      referencesIn(it.properties['ApiId']).includes(api.id),
    );
    expect(integrations.map((it) => it.properties['PayloadFormatVersion'])).toEqual([
      '2.0',
      '2.0',
      '2.0',
      '2.0',
      '2.0',
      '2.0',
    ]);
  });

  it('lets the configured origins call it with the headers of the contract', () => {
    expect(api.properties['CorsConfiguration']).toEqual({
      AllowOrigins: ['https://shop.example'],
      AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      AllowHeaders: ['Authorization', 'Content-Type', 'Parley-Device'],
      ExposeHeaders: ['Retry-After', 'Date'],
      MaxAge: 7_200,
    });
  });

  it('lets every origin call it where none is configured', () => {
    const open = resourceOf(chatTemplate(), 'AWS::ApiGatewayV2::Api', 'Http');
    expect(open.properties['CorsConfiguration']).toMatchObject({ AllowOrigins: ['*'] });
  });

  it('deploys itself to a throttled stage without a name in its paths', () => {
    const stage = resourceOf(template, 'AWS::ApiGatewayV2::Stage', 'Http');
    expect(stage.properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 1_000 },
    });
  });
});
