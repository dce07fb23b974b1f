/** Where the files of messages are: a private bucket that browsers reach only by addresses signed for them. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import type { ChatConfig } from './config.ts';

/** The bucket's two places, as `functions/runtime/objects/requests.ts` has them; a test compares the two. */
export const PREFIXES = { pending: 'pending/', rooms: 'rooms/' } as const;

/** One of the two places: uploads that wait for their message, and files that messages carry. */
export type Prefix = keyof typeof PREFIXES;

/** How long a browser remembers what the bucket allows it. */
const CORS_MAX_AGE_SECONDS = 3_600;

/** The bucket of a stage. No versions: a deleted file is gone, which is what a person who deletes it expects. */
export class Attachments extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, config: ChatConfig) {
    super(scope, id);
    const removalPolicy = config.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      cors: [
        {
          allowedOrigins: config.origins.length === 0 ? ['*'] : [...config.origins],
          allowedMethods: [HttpMethods.POST, HttpMethods.GET, HttpMethods.HEAD],
          allowedHeaders: ['*'],
          maxAge: CORS_MAX_AGE_SECONDS,
        },
      ],
      lifecycleRules: [
        { id: 'sweep-pending', prefix: PREFIXES.pending, expiration: Duration.days(1) },
        { id: 'abort-parts', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // A throwaway stage's bucket must be emptied by hand before its stack goes: CloudFormation deletes no files,
      // and a custom resource that does would be code that is not ours.
      removalPolicy,
    });
    // Outliving its stack, the bucket goes on refusing what is not encrypted.
    this.bucket.policy?.applyRemovalPolicy(removalPolicy);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Every address is signed by a function that logs who asked; CloudTrail data events are there for more.',
    });
  }
}
