/** Where the web is: a private bucket behind CloudFront, which adds the headers and answers the app's pages by one file. */
import { join } from 'node:path';

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type DistributionProps,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import { addSiteHeaders, type Neighbours } from './headers.ts';
import type { SiteDomain } from './site-config.ts';

/** What the site is made of. */
export interface SiteProps {
  readonly neighbours: Neighbours;
  readonly domain: SiteDomain | undefined;
}

/** How long the edge keeps what says nothing itself; the uploader lets every object say it. */
const DEFAULT_TTL = Duration.minutes(1);
/** A deployment is not held up by an answer from before it. */
const ERROR_TTL = Duration.seconds(10);

/** The site of a stage. What is in the bucket can be built again, so it goes with the stack once it is emptied. */
export class Site extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { neighbours, domain }: SiteProps) {
    super(scope, id);
    this.bucket = this.#addBucket();
    const headers = addSiteHeaders(this, neighbours);
    const base: BehaviorOptions = {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- CDK's own types miss each other by an undefined
      origin: S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket, {
        // Without the right to list, S3 answers 403 for what is not there.
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      cachePolicy: this.#addCachePolicy(),
      responseHeadersPolicy: headers.pages,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      defaultBehavior: { ...base, functionAssociations: [this.#addRewrite()] },
      additionalBehaviors: {
        '/assets/*': base,
        '/widget/*': { ...base, responseHeadersPolicy: headers.widget },
      },
      defaultRootObject: 'index.html',
      // The app says it in words; the status says it to everything else.
      errorResponses: [
        {
          httpStatus: 404,
          responseHttpStatus: 404,
          responsePagePath: '/index.html',
          ttl: ERROR_TTL,
        },
      ],
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...domainProps(this, domain),
    });
    this.#acknowledge(domain);
  }

  #addBucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only CloudFront and the deployment read and write it, and what it holds is public.',
    });
    return bucket;
  }

  /** As long as the object says, from not at all to a year. */
  #addCachePolicy(): CachePolicy {
    return new CachePolicy(this, 'CachePolicy', {
      comment: 'As the objects say; the same for everybody',
      minTtl: Duration.seconds(0),
      defaultTtl: DEFAULT_TTL,
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  #addRewrite() {
    const rewrite = new EdgeFunction(this, 'Rewrite', {
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'rewrite.js') }),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Answers the pages of the app by index.html',
    });
    return { function: rewrite, eventType: FunctionEventType.VIEWER_REQUEST };
  }

  #acknowledge(domain: SiteDomain | undefined): void {
    const because = (id: string, reason: string) =>
      Validations.of(this.distribution).acknowledge({ id, reason });
    because('AwsSolutions-CFR1', 'Whom a marketplace serves is for its operator to say.');
    because('AwsSolutions-CFR2', 'The site is static files: a firewall would guard nothing.');
    because(
      'AwsSolutions-CFR3',
      'Logs of a static site are addresses of people, kept for nothing. CloudFront counts requests and errors without.',
    );
    if (domain) return;
    because(
      'AwsSolutions-CFR4',
      'At an address of CloudFront’s own the certificate is CloudFront’s; PARLEY_SITE_DOMAIN asks for TLS 1.2.',
    );
  }
}

function domainProps(scope: Construct, domain: SiteDomain | undefined): Partial<DistributionProps> {
  if (!domain) return {};
  return {
    domainNames: [domain.name],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}
