/** What no document of AWS says about the services played here: one named switch each, to be corrected in this one place. */

/** A close as a client and `$disconnect` see it. */
interface Goodbye {
  readonly code: number;
  readonly reason: string;
}

/** The switches. `docs/adr/0022-what-aws-does-not-say.md` lists them. */
export interface Undocumented {
  /** How the idle and the two-hour cut show. */
  readonly cut: Goodbye;
  /** How a DELETE on a connection shows. */
  readonly deletion: Goodbye;
  /** Pings of the WebSocket protocol keep a connection from being idle. */
  readonly pingsCountAsTraffic: boolean;
  /** A pushed message keeps a connection from being idle, as a received one does. */
  readonly pushesCountAsTraffic: boolean;
  /** Bytes that may wait for a slow client before pushes to it answer 429. */
  readonly clientBufferBytes: number;
  /** The authorizer is asked although an identity source is missing. */
  readonly asksAuthorizerWithoutIdentity: boolean;
  /** The handshake's status where the authorizer's context is not flat. */
  readonly nestedContextStatus: number;
  /** The handshake's status where `$connect` throws or answers nonsense. */
  readonly connectFailedStatus: number;
  /** The handshake's status where `$connect` takes over 29 s. */
  readonly connectTimeoutStatus: number;
  /** The handshake's status where too many want to come in. */
  readonly handshakeThrottledStatus: number;
  /** How many of an account's 500 new connections per second may come at once. */
  readonly newConnectionsBurst: number;
  /** The handshake's status for a URL over 4,096 characters. */
  readonly longUrlStatus: number;
  /** The status for headers over 10,240 bytes, of a handshake and of a request. */
  readonly largeHeadersStatus: number;
  /** `{"action": "$connect"}` selects that route; otherwise the lifecycle's routes cannot be reached by a frame. */
  readonly frameReachesLifecycleRoutes: boolean;
  /** What a frame over the throttle's rate is told. */
  readonly throttledMessage: string;
  /** What a frame is told whose integration took over 29 s. */
  readonly timedOutMessage: string;
  /** A function's answer to a frame without a `statusCode` is a failure. */
  readonly answerNeedsStatusCode: boolean;
  /** A route response without a body arrives as an empty frame. */
  readonly sendsEmptyRouteResponse: boolean;
  /** A route response over 128 KB closes with 1009; otherwise it is a failure on an open socket. */
  readonly largeAnswerCloses: boolean;
  /** The `cookie` header, whose parts are in `cookies`, comes among the headers too. */
  readonly repeatsCookieHeader: boolean;
  /** `rawPath` comes decoded, whatever its name says. */
  readonly decodesRawPath: boolean;
  /** Bodies of other types arrive as base64. A body without a type counts as text. */
  readonly textTypes: RegExp;
  /** The answer to a path whose escapes cannot be decoded. */
  readonly badPathStatus: number;
  /** The answer to a request of which Lambda's 6 MB cannot hold the event. */
  readonly largeEventStatus: number;
  /** Where CORS is configured, the gateway answers also an OPTIONS request that names no origin. */
  readonly answersOptionsWithoutOrigin: boolean;
  /** A batch that reports its first record as failed is bisected, as one is whose function failed. */
  readonly bisectsAtFirstRecord: boolean;
  /** The pause before a stream's batch comes again. It doubles up to ten seconds. */
  readonly streamBackoffMs: number;
}

/** The positions that practitioners report, or the careful ones where nobody does. */
export const UNDOCUMENTED: Undocumented = {
  cut: { code: 1001, reason: 'Going away' },
  deletion: { code: 1001, reason: 'Going away' },
  pingsCountAsTraffic: false,
  pushesCountAsTraffic: true,
  clientBufferBytes: 512 * 1024,
  asksAuthorizerWithoutIdentity: false,
  nestedContextStatus: 500,
  connectFailedStatus: 502,
  connectTimeoutStatus: 504,
  handshakeThrottledStatus: 429,
  newConnectionsBurst: 500,
  longUrlStatus: 414,
  largeHeadersStatus: 431,
  frameReachesLifecycleRoutes: false,
  throttledMessage: 'Too Many Requests',
  timedOutMessage: 'Endpoint request timed out',
  answerNeedsStatusCode: true,
  sendsEmptyRouteResponse: true,
  largeAnswerCloses: false,
  repeatsCookieHeader: false,
  decodesRawPath: true,
  textTypes: /^(text\/.*|application\/(json|javascript|xml|graphql|.*\+json|.*\+xml))$/u,
  badPathStatus: 400,
  largeEventStatus: 413,
  answersOptionsWithoutOrigin: false,
  bisectsAtFirstRecord: true,
  streamBackoffMs: 200,
};
