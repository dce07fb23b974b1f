/** The resource types of a template: which ones the local runtime plays, which have nothing to play, and how each is named. */
import { createHash } from 'node:crypto';

/** Where the deployment pretends to be. */
export const PLACE = {
  region: 'us-east-1',
  account: '000000000000',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
} as const;

/** A resource's names, all of them derived from the stack's name and its logical id, so that they survive a restart. */
interface Naming {
  readonly stack: string;
  readonly logicalId: string;
  /** The name the template gives it, or one made from its ids. */
  readonly name: string;
}

interface ResourceType {
  ref(naming: Naming): string;
  readonly attributes?: Readonly<Record<string, (naming: Naming) => string>>;
}

/** An ARN of this deployment's place: `arn:aws:dynamodb:us-east-1:000000000000:table/Rooms`. */
export const arnOf = (service: string, resource: string): string =>
  `arn:${PLACE.partition}:${service}:${PLACE.region}:${PLACE.account}:${resource}`;

/** API Gateway's ids are ten letters and digits. */
const shortId = ({ stack, logicalId }: Naming): string =>
  BigInt(`0x${createHash('sha256').update(`${stack}/${logicalId}`).digest('hex')}`)
    .toString(36)
    .slice(0, 10);

/** The address of an API at AWS; `https://` or `wss://` goes before it. */
const host = (apiId: string): string => `${apiId}.execute-api.${PLACE.region}.${PLACE.urlSuffix}`;

const table: ResourceType = {
  ref: ({ name }) => name,
  attributes: {
    Arn: ({ name }) => arnOf('dynamodb', `table/${name}`),
    StreamArn: ({ name }) => arnOf('dynamodb', `table/${name}/stream/local`),
  },
};

/** CloudFormation makes a bucket's name of lower-case letters, 63 at most. */
const bucketName = ({ name }: Naming): string => name.toLowerCase().slice(0, 63);

/** The address of a distribution at AWS, by its `Ref`. */
export const distributionHost = (id: string): string => `${id}.cloudfront.net`;

/** CloudFront is everywhere: its names have no region. */
const cloudFrontArn = (resource: string): string =>
  `arn:${PLACE.partition}:cloudfront::${PLACE.account}:${resource}`;

const byShortId: ResourceType = { ref: shortId };

/** What the local runtime plays. */
const PLAYED: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::IAM::Role': {
    ref: ({ name }) => name,
    attributes: { Arn: ({ name }) => `arn:${PLACE.partition}:iam::${PLACE.account}:role/${name}` },
  },
  'AWS::IAM::Policy': { ref: ({ name }) => name },
  'AWS::Lambda::Function': {
    ref: ({ name }) => name,
    attributes: { Arn: ({ name }) => arnOf('lambda', `function:${name}`) },
  },
  'AWS::Lambda::EventSourceMapping': byShortId,
  'AWS::SQS::Queue': {
    ref: ({ name }) => `https://sqs.${PLACE.region}.${PLACE.urlSuffix}/${PLACE.account}/${name}`,
    attributes: { Arn: ({ name }) => arnOf('sqs', name), QueueName: ({ name }) => name },
  },
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (naming) => `arn:${PLACE.partition}:s3:::${bucketName(naming)}`,
      DomainName: (naming) => `${bucketName(naming)}.s3.${PLACE.urlSuffix}`,
      RegionalDomainName: (naming) => `${bucketName(naming)}.s3.${PLACE.region}.${PLACE.urlSuffix}`,
    },
  },
  'AWS::Events::EventBus': {
    ref: ({ name }) => name,
    attributes: {
      Arn: ({ name }) => arnOf('events', `event-bus/${name}`),
      Name: ({ name }) => name,
    },
  },
  'AWS::Events::Rule': {
    ref: ({ name }) => name,
    attributes: { Arn: ({ name }) => arnOf('events', `rule/${name}`) },
  },
  'AWS::ApiGatewayV2::Api': {
    ref: shortId,
    attributes: {
      ApiEndpoint: (naming) => `https://${host(shortId(naming))}`,
      ApiId: shortId,
    },
  },
  'AWS::ApiGatewayV2::Stage': { ref: ({ name }) => name },
  'AWS::ApiGatewayV2::Route': byShortId,
  'AWS::ApiGatewayV2::RouteResponse': byShortId,
  'AWS::ApiGatewayV2::Integration': byShortId,
  'AWS::ApiGatewayV2::Authorizer': byShortId,
  'AWS::CloudFront::Distribution': {
    ref: shortId,
    attributes: {
      DomainName: (naming) => distributionHost(shortId(naming)),
      Id: shortId,
    },
  },
  'AWS::CloudFront::CachePolicy': byShortId,
  'AWS::CloudFront::ResponseHeadersPolicy': byShortId,
  'AWS::CloudFront::Function': {
    ref: ({ name }) => cloudFrontArn(`function/${name}`),
    attributes: { FunctionARN: ({ name }) => cloudFrontArn(`function/${name}`) },
  },
};

/** What has no effect on one machine: logs, alarms, delivery. A prefix ends in `::`. */
const INERT = [
  'AWS::IAM::',
  'AWS::Logs::',
  'AWS::CloudWatch::',
  'AWS::SNS::',
  'AWS::KMS::',
  'AWS::XRay::',
  'AWS::CDK::Metadata',
  'AWS::Lambda::Permission',
  'AWS::SQS::QueuePolicy',
  'AWS::ApiGateway::Account',
  'AWS::ApplicationInsights::',
  // Asks for TLS, which one machine has no use for: a bucket is private here without it.
  'AWS::S3::BucketPolicy',
  'AWS::Events::EventBusPolicy',
  // CloudFront's right to read the bucket, which the distribution here has without.
  'AWS::CloudFront::OriginAccessControl',
];

/**
 * Whether a type is played here; an inert one is not.
 * @throws Error naming a type that is neither
 */
export function isPlayed(type: string, logicalId: string): boolean {
  if (Object.hasOwn(PLAYED, type)) return true;
  if (INERT.some((known) => (known.endsWith('::') ? type.startsWith(known) : type === known))) {
    return false;
  }
  throw new Error(
    `The local runtime does not know the resource type ${type} (${logicalId}): ` +
      'what is in the stack must work here too. Teach lib/local to play it, or add it to the inert types.',
  );
}

/** What `Ref` of a resource is. */
export function refOf(type: string, naming: Naming): string {
  return PLAYED[type]?.ref(naming) ?? naming.name;
}

/**
 * What `Fn::GetAtt` of a resource is; an inert resource has made-up ones, which nothing here reads.
 * @throws Error naming an attribute that a played resource does not have
 */
export function attributeOf(type: string, attribute: string, naming: Naming): string {
  const played = PLAYED[type];
  if (!played)
    return arnOf(type.split('::')[1]?.toLowerCase() ?? 'aws', `${naming.name}/${attribute}`);
  const read = played.attributes?.[attribute];
  if (!read) throw new Error(`${type} (${naming.logicalId}) has no attribute ${attribute} here.`);
  return read(naming);
}
