/** What the local runtime knows of a stack's CloudFront distribution. */

/** A distribution over one bucket. */
export interface DistributionModel {
  readonly logicalId: string;
  readonly domainName: string;
  readonly bucketName: string;
  /** What `/` means, without a slash. */
  readonly rootObject: string | undefined;
  /** In the order in which they are tried; the last one takes everything. */
  readonly behaviors: readonly BehaviorModel[];
  readonly errorPages: readonly ErrorPageModel[];
}

/** How paths of a pattern are answered. */
export interface BehaviorModel {
  /** `/assets/*`; `*` is any text and `?` any character. */
  readonly pathPattern: string;
  readonly methods: readonly string[];
  /** The encodings that an answer may be compressed with, the best first. */
  readonly encodings: readonly Encoding[];
  /** The code of the CloudFront Function that sees the request first. */
  readonly requestFunction: string | undefined;
  readonly headers: HeadersModel | undefined;
}

export type Encoding = 'br' | 'gzip';

/** A response headers policy. Names are in lower case. */
export interface HeadersModel {
  readonly set: readonly HeaderModel[];
  readonly remove: readonly string[];
  /** Sent where the request names its origin. */
  readonly cors: readonly HeaderModel[];
}

export interface HeaderModel {
  readonly name: string;
  readonly value: string;
  /** Whether it goes before what the bucket says. */
  readonly isForced: boolean;
}

/** What is shown instead of the bucket's own refusal. */
export interface ErrorPageModel {
  readonly status: number;
  readonly path: string;
  readonly responseStatus: number;
}
