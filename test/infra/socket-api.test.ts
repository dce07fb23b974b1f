/** The WebSocket API: a route per action of the contract, replies only where designed. */
import { describe, expect, it } from 'vitest';

import { CLIENT_FRAMES } from '#protocol/client-frames.ts';

import { chatTemplate, referencesIn, resourceOf, resourcesOf } from './stage.ts';

const template = chatTemplate();
const api = resourceOf(template, 'AWS::ApiGatewayV2::Api', 'Socket');
const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').filter((it) =>
  referencesIn(it.properties['ApiId']).includes(api.id),
);
const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration');
const responses = resourcesOf(template, 'AWS::ApiGatewayV2::RouteResponse');

function routeOf(key: string) {
  const route = routes.find((it) => it.properties['RouteKey'] === key);
  if (route === undefined) throw new Error(`No route ${key}.`);
  return route;
}

/** The logical id of the function behind a route. */
function functionOf(key: string): string | undefined {
  const [integration] = referencesIn(routeOf(key).properties['Target']);
  const uri = integrations.find((it) => it.id === integration)?.properties['IntegrationUri'];
  return referencesIn(uri).find((id) => id.includes('Function'));
}

const ACTIONS = Object.keys(CLIENT_FRAMES);
const ALL = ['$connect', '$disconnect', '$default', ...ACTIONS];

describe('the socket API', () => {
  it('selects the route by the action', () => {
    expect(api.properties).toMatchObject({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
  });

  it('has one route per action and the three of its life', () => {
    const keys = routes.map((it) => String(it.properties['RouteKey']));
    expect(keys.toSorted()).toEqual(ALL.toSorted());
  });

  it.each([
    ['$connect', 'SocketConnectFunction'],
    ['$disconnect', 'SocketDisconnectFunction'],
    ['$default', 'SocketFrameFunction'],
    ...ACTIONS.map((action) => [action, 'SocketFrameFunction'] as const),
  ] as const)('leads %s to %s', (key, name) => {
    expect(functionOf(key)?.startsWith(name)).toBe(true);
  });

  it('has an integration and a permission of its own per route', () => {
    const targets = routes.map((it) => referencesIn(it.properties['Target']).join());
    expect(new Set(targets).size).toBe(ALL.length);
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').filter((it) =>
      referencesIn(it.properties['SourceArn']).includes(api.id),
    );
    expect(permissions).toHaveLength(ALL.length + 1);
  });

  it.each(ALL)('answers %s with what the function returns, or not, as designed', (key) => {
    const isAnswered = !['$connect', '$disconnect', 'typing', 'focus', 'ping'].includes(key);
    const route = routeOf(key);
    const own = responses.filter((it) => referencesIn(it.properties['RouteId']).includes(route.id));
    expect(own.map((it) => it.properties['RouteResponseKey'])).toEqual(
      isAnswered ? ['$default'] : [],
    );
    expect(route.properties['RouteResponseSelectionExpression']).toBe(
      isAnswered ? '$default' : undefined,
    );
  });

  it('asks the authorizer on $connect only, by the subprotocol', () => {
    const authorizer = resourceOf(template, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer.properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'],
    });
    expect(
      referencesIn(authorizer.properties['AuthorizerUri']).some((id) =>
        id.startsWith('SocketAuthorizerFunction'),
      ),
    ).toBe(true);
    for (const { properties } of routes) {
      const isDoor = properties['RouteKey'] === '$connect';
      expect(properties['AuthorizationType']).toBe(isDoor ? 'CUSTOM' : 'NONE');
      expect(referencesIn(properties['AuthorizerId'] ?? null)).toEqual(
        isDoor ? [authorizer.id] : [],
      );
    }
  });

  it('deploys itself to a throttled stage of the deployment’s name', () => {
    const stage = resourceOf(template, 'AWS::ApiGatewayV2::Stage', 'Socket');
    expect(stage.properties).toMatchObject({
      StageName: 'dev',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 1_000 },
    });
  });
});
