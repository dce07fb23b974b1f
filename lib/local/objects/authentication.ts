/** Who may call the object store: whoever signed with the deployment's key, in headers or in a presigned address. */
import {
  headerClaim,
  queryClaim,
  timeOf,
  verifyRequest,
  type Access,
  type Claim,
  type SignedRequest,
  type Verdict,
} from '../aws/signature.ts';
import { S3Error } from './s3-error.ts';

/** A week: what a presigned address lives at most, in seconds. */
const MAX_EXPIRES = 604_800;

/** What a signature covers, and whose it is. */
export interface Signed {
  readonly payloadHash: string;
  readonly accessKeyId: string;
}

const UNSIGNED = 'UNSIGNED-PAYLOAD';

/**
 * Checks a call's signature. How old one in headers is does not matter: it is made by a function
 * of this machine, and the clock here may be turned.
 * @returns the body's hash as it was signed, and the key that signed it
 * @throws S3Error AccessDenied without a signature or after its time, SignatureDoesNotMatch, InvalidAccessKeyId
 */
export function requireSignature(request: SignedRequest, access: Access, now: number): Signed {
  const presigned = queryClaim(request);
  if (presigned) {
    requireInTime(request, presigned, now);
    requireValid(verifyRequest(request, presigned, { access, payloadHash: UNSIGNED }));
    return { payloadHash: UNSIGNED, accessKeyId: presigned.accessKeyId };
  }
  const claim = headerClaim(request);
  if (!claim) throw new S3Error('AccessDenied', 'Access Denied');
  const payloadHash = String(request.headers['x-amz-content-sha256'] ?? '');
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error(
      'NotImplemented',
      'The local runtime takes no chunked bodies: send a buffer.',
    );
  }
  requireValid(verifyRequest(request, claim, { access, payloadHash }));
  return { payloadHash, accessKeyId: claim.accessKeyId };
}

/** @throws S3Error for anything but a right signature */
export function requireValid(verdict: Verdict): void {
  if (verdict === 'unknown key') {
    throw new S3Error('InvalidAccessKeyId', 'The access key does not exist in our records.');
  }
  if (verdict === 'mismatch') {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
}

function requireInTime({ query }: SignedRequest, { date }: Claim, now: number): void {
  const seconds = Number(query.get('X-Amz-Expires') ?? 'missing');
  const signedAt = timeOf(date);
  if (
    !Number.isInteger(seconds) ||
    seconds < 1 ||
    seconds > MAX_EXPIRES ||
    Number.isNaN(signedAt)
  ) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `X-Amz-Expires must be 1 to ${MAX_EXPIRES} seconds, X-Amz-Date a time.`,
    );
  }
  const expires = signedAt + seconds * 1_000;
  if (now <= expires) return;
  throw new S3Error('AccessDenied', 'Request has expired', {
    Expires: new Date(expires).toISOString(),
    ServerTime: new Date(now).toISOString(),
  });
}
