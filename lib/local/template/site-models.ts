/** The CloudFront distribution of a template, with the policies and functions that its behaviours name. */
import { isJson, jsonOf, listOf, numberOf, textOf, textsOf, type Json } from '../json.ts';
import type {
  BehaviorModel,
  DistributionModel,
  Encoding,
  ErrorPageModel,
  HeaderModel,
  HeadersModel,
} from '../site/model.ts';
import type { Resource } from './deployment.ts';
import type { FindResources } from './gateway-models.ts';
import { distributionHost } from './resource-types.ts';

/** Turns an address at AWS into this machine's, within a longer text. */
export type LocalAddress = (text: string) => string;

/** Where a template's parts are found. */
export interface SiteSources {
  readonly find: FindResources;
  readonly localAddress: LocalAddress;
}

/**
 * A distribution.
 * @throws Error naming what is not played here: another origin than a bucket, a function on the way out, a managed policy
 */
export function distributionOf(resource: Resource, sources: SiteSources): DistributionModel {
  const config = jsonOf(resource.properties['DistributionConfig']);
  const behaviors = [
    ...listOf(config['CacheBehaviors']),
    { ...jsonOf(config['DefaultCacheBehavior']), PathPattern: '*' },
  ];
  const rootObject = textOf(config['DefaultRootObject']);
  return {
    logicalId: resource.id,
    domainName: distributionHost(resource.ref),
    bucketName: bucketOf(resource, sources.find),
    rootObject: rootObject === '' ? undefined : rootObject,
    behaviors: behaviors.map((it) => behaviorOf(jsonOf(it), { resource, ...sources })),
    errorPages: listOf(config['CustomErrorResponses']).map((it) => errorPageOf(jsonOf(it))),
  };
}

function bucketOf({ id, properties }: Resource, find: FindResources): string {
  const origins = listOf(jsonOf(properties['DistributionConfig'])['Origins']).map(jsonOf);
  const [host, ...others] = origins.map((it) => textOf(it['DomainName']));
  const bucket = find('AWS::S3::Bucket').find(({ ref }) => host?.startsWith(`${ref}.s3.`));
  if (bucket && others.length === 0) return bucket.ref;
  throw new Error(
    `${id}: the local runtime plays a distribution over one bucket, not over ${[host, ...others].join(', ')}.`,
  );
}

interface BehaviorSources extends SiteSources {
  readonly resource: Resource;
}

function behaviorOf(behavior: Json, sources: BehaviorSources): BehaviorModel {
  const methods = textsOf(behavior['AllowedMethods']);
  return {
    pathPattern: textOf(behavior['PathPattern']),
    methods: methods.length === 0 ? ['GET', 'HEAD'] : methods,
    encodings: behavior['Compress'] === true ? encodingsOf(behavior, sources) : [],
    requestFunction: requestFunctionOf(behavior, sources),
    headers: headersOf(behavior, sources),
  };
}

function encodingsOf(behavior: Json, sources: BehaviorSources): readonly Encoding[] {
  const { properties } = named(behavior['CachePolicyId'], 'AWS::CloudFront::CachePolicy', sources);
  const parameters = jsonOf(properties['CachePolicyConfig'])[
    'ParametersInCacheKeyAndForwardedToOrigin'
  ];
  const { EnableAcceptEncodingBrotli, EnableAcceptEncodingGzip } = jsonOf(parameters);
  return [
    ...(EnableAcceptEncodingBrotli === true ? (['br'] as const) : []),
    ...(EnableAcceptEncodingGzip === true ? (['gzip'] as const) : []),
  ];
}

function requestFunctionOf(behavior: Json, sources: BehaviorSources): string | undefined {
  const associations = listOf(behavior['FunctionAssociations']).map(jsonOf);
  const [association, ...others] = associations;
  if (!association) return undefined;
  if (others.length > 0 || association['EventType'] !== 'viewer-request') {
    throw new Error(
      `${sources.resource.id}: the local runtime plays one function per behaviour, on the viewer's request.`,
    );
  }
  const arn = textOf(association['FunctionARN']);
  return textOf(named(arn, 'AWS::CloudFront::Function', sources).properties['FunctionCode']);
}

function headersOf(behavior: Json, sources: BehaviorSources): HeadersModel | undefined {
  const id = behavior['ResponseHeadersPolicyId'];
  if (id === undefined) return undefined;
  const { properties } = named(id, 'AWS::CloudFront::ResponseHeadersPolicy', sources);
  const config = jsonOf(properties['ResponseHeadersPolicyConfig']);
  const security = securityHeaders(jsonOf(config['SecurityHeadersConfig']));
  const custom = itemsOf(config['CustomHeadersConfig']).map(jsonOf);
  return {
    set: [...security, ...custom.map((it) => header(textOf(it['Header']), it['Value'], it))].map(
      (it) => ({ ...it, value: sources.localAddress(it.value) }),
    ),
    remove: itemsOf(config['RemoveHeadersConfig']).map((it) =>
      textOf(jsonOf(it)['Header']).toLowerCase(),
    ),
    cors: isJson(config['CorsConfig']) ? corsHeaders(config['CorsConfig']) : [],
  };
}

/** The security headers by the names of their settings, as CloudFront writes them. */
function securityHeaders(config: Json): readonly HeaderModel[] {
  const of = (setting: string, name: string, value: (settings: Json) => unknown) => {
    const settings = config[setting];
    return isJson(settings) ? [header(name, value(settings), settings)] : [];
  };
  return [
    ...of('ContentSecurityPolicy', 'content-security-policy', (it) => it['ContentSecurityPolicy']),
    ...of('ContentTypeOptions', 'x-content-type-options', () => 'nosniff'),
    ...of('FrameOptions', 'x-frame-options', (it) => it['FrameOption']),
    ...of('ReferrerPolicy', 'referrer-policy', (it) => it['ReferrerPolicy']),
    ...of('StrictTransportSecurity', 'strict-transport-security', transportSecurity),
    ...of('XSSProtection', 'x-xss-protection', (it) => (it['Protection'] === true ? '1' : '0')),
  ];
}

function transportSecurity(settings: Json): string {
  const { AccessControlMaxAgeSec, IncludeSubdomains, Preload } = settings;
  return [
    `max-age=${numberOf(AccessControlMaxAgeSec, 0)}`,
    ...(IncludeSubdomains === true ? ['includeSubDomains'] : []),
    ...(Preload === true ? ['preload'] : []),
  ].join('; ');
}

function corsHeaders(config: Json): readonly HeaderModel[] {
  const of = (name: string, values: readonly string[]) =>
    values.length === 0
      ? []
      : [header(name, values.join(', '), { Override: config['OriginOverride'] })];
  const maxAge = config['AccessControlMaxAgeSec'];
  return [
    ...of('access-control-allow-origin', namesOf(config['AccessControlAllowOrigins'])),
    ...of('access-control-allow-methods', namesOf(config['AccessControlAllowMethods'])),
    ...of('access-control-allow-headers', namesOf(config['AccessControlAllowHeaders'])),
    ...of('access-control-expose-headers', namesOf(config['AccessControlExposeHeaders'])),
    ...of('access-control-max-age', maxAge === undefined ? [] : [String(numberOf(maxAge, 0))]),
  ];
}

function header(name: string, value: unknown, { Override }: Json): HeaderModel {
  return { name: name.toLowerCase(), value: textOf(value), isForced: Override === true };
}

function errorPageOf(response: Json): ErrorPageModel {
  const status = numberOf(response['ErrorCode'], 0);
  return {
    status,
    path: textOf(response['ResponsePagePath']),
    responseStatus: numberOf(response['ResponseCode'], status),
  };
}

const itemsOf = (value: unknown) => listOf(jsonOf(value)['Items']);
const namesOf = (value: unknown) => textsOf(itemsOf(value));

/** A resource of the template by its `Ref`. */
function named(value: unknown, type: string, { find, resource }: BehaviorSources): Resource {
  const id = textOf(value);
  const found = find(type).find(({ ref }) => ref === id);
  if (found) return found;
  throw new Error(
    `${resource.id} names ${id === '' ? `no ${type}` : id}, which is no ${type} of the template: the local runtime knows no managed ones.`,
  );
}
