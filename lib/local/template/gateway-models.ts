/** The two APIs of a deployment as the gateways take them. */
import type {
  AuthorizerModel,
  CorsModel,
  HttpApiModel,
  SocketApiModel,
  ThrottleModel,
} from '../model.ts';
import { isJson, jsonOf, numberOf, textsOf } from '../json.ts';
import type { Resource } from './deployment.ts';
import { functionIn, requiredText } from './properties.ts';

/** Resources by type, as the models need them. */
export type FindResources = (type: string) => readonly Resource[];

const GATEWAY = 'AWS::ApiGatewayV2';

/**
 * The WebSocket API.
 * @throws Error where there is not exactly one with one stage, or a route leads nowhere
 */
export function socketApiOf(find: FindResources): SocketApiModel {
  const api = onlyApi(find, 'WEBSOCKET');
  const stage = onlyStage(find, api);
  const answered = new Set(
    ofApi(find, 'RouteResponse', api)
      .filter(({ properties }) => properties['RouteResponseKey'] === '$default')
      .map(({ properties }) => properties['RouteId']),
  );
  return {
    apiId: api.ref,
    stage: stage.ref,
    routeSelectionExpression: requiredText(api, 'RouteSelectionExpression'),
    throttle: throttleOf(stage),
    routes: ofApi(find, 'Route', api).map((route) => ({
      routeKey: requiredText(route, 'RouteKey'),
      functionId: integrationOf(find, route),
      // AWS asks for both: the expression on the route and the response itself.
      hasRouteResponse:
        route.properties['RouteResponseSelectionExpression'] === '$default' &&
        answered.has(route.ref),
      authorizer: authorizerOf(find, route),
    })),
  };
}

/**
 * The HTTP API.
 * @throws Error where there is not exactly one with one stage, a route leads nowhere or has an authorizer
 */
export function httpApiOf(find: FindResources): HttpApiModel {
  const api = onlyApi(find, 'HTTP');
  const stage = onlyStage(find, api);
  return {
    apiId: api.ref,
    stage: stage.ref,
    throttle: throttleOf(stage),
    cors: corsOf(api.properties['CorsConfiguration']),
    routes: ofApi(find, 'Route', api).map((route) => {
      if ((route.properties['AuthorizationType'] ?? 'NONE') !== 'NONE') {
        throw new Error(`${route.id}: the local HTTP API knows no authorizers.`);
      }
      return { routeKey: requiredText(route, 'RouteKey'), functionId: integrationOf(find, route) };
    }),
  };
}

function onlyApi(find: FindResources, protocol: string): Resource {
  const apis = find(`${GATEWAY}::Api`).filter(
    ({ properties }) => properties['ProtocolType'] === protocol,
  );
  return only(apis, `${protocol} API`);
}

function onlyStage(find: FindResources, api: Resource): Resource {
  return only(ofApi(find, 'Stage', api), `stage of ${api.id}`);
}

function only(found: readonly Resource[], what: string): Resource {
  const [first] = found;
  if (first && found.length === 1) return first;
  throw new Error(`The local runtime plays one ${what}; the template has ${found.length}.`);
}

function ofApi(find: FindResources, kind: string, api: Resource): readonly Resource[] {
  return find(`${GATEWAY}::${kind}`).filter(({ properties }) => properties['ApiId'] === api.ref);
}

/** The function behind a route: `integrations/{id}` → the integration's address → the function's ARN. */
function integrationOf(find: FindResources, route: Resource): string {
  const id = requiredText(route, 'Target').replace('integrations/', '');
  const integration = find(`${GATEWAY}::Integration`).find(({ ref }) => ref === id);
  if (!integration) throw new Error(`${route.id} leads to no integration.`);
  if (integration.properties['IntegrationType'] !== 'AWS_PROXY') {
    throw new Error(`${integration.id}: the local runtime plays AWS_PROXY integrations only.`);
  }
  return functionIn(find, requiredText(integration, 'IntegrationUri'), integration.id);
}

function authorizerOf(find: FindResources, route: Resource): AuthorizerModel | undefined {
  if ((route.properties['AuthorizationType'] ?? 'NONE') === 'NONE') return undefined;
  const id = requiredText(route, 'AuthorizerId');
  const authorizer = find(`${GATEWAY}::Authorizer`).find(({ ref }) => ref === id);
  if (!authorizer) throw new Error(`${route.id} has no authorizer ${id}.`);
  return {
    functionId: functionIn(find, requiredText(authorizer, 'AuthorizerUri'), authorizer.id),
    identitySources: textsOf(authorizer.properties['IdentitySource']),
  };
}

function throttleOf(stage: Resource): ThrottleModel | undefined {
  const settings = jsonOf(stage.properties['DefaultRouteSettings']);
  const rate = settings['ThrottlingRateLimit'];
  if (rate === undefined) return undefined;
  return {
    ratePerSecond: Number(rate),
    burst: numberOf(settings['ThrottlingBurstLimit'], Number(rate)),
  };
}

function corsOf(cors: unknown): CorsModel | undefined {
  if (!isJson(cors)) return undefined;
  return {
    allowOrigins: textsOf(cors['AllowOrigins']),
    allowMethods: textsOf(cors['AllowMethods']),
    allowHeaders: textsOf(cors['AllowHeaders']),
    exposeHeaders: textsOf(cors['ExposeHeaders']),
    maxAgeSeconds: cors['MaxAge'] === undefined ? undefined : Number(cors['MaxAge']),
    allowCredentials: cors['AllowCredentials'] === true,
  };
}
