/** What a call of the object store needs, in IAM's words. */
import type { Right } from '../iam/roles.ts';
import { PLACE } from '../template/resource-types.ts';
import type { ObjectCall } from './object-call.ts';

const ACTIONS: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** A right on one object. */
export function objectRight(action: string, bucketName: string, key: string): Right {
  return { action, resource: `arn:${PLACE.partition}:s3:::${bucketName}/${key}` };
}

/** A right on a bucket itself. */
export function bucketRight(action: string, bucketName: string): Right {
  return { action, resource: `arn:${PLACE.partition}:s3:::${bucketName}` };
}

/** What a call on one object needs: a copy reads as well as it writes. */
export function objectRights({ bucket, key, request }: ObjectCall): readonly Right[] {
  const action = ACTIONS[request.method ?? ''] ?? 's3:Unknown';
  const own = objectRight(action, bucket.bucketName, key);
  const source = request.headers['x-amz-copy-source'];
  if (typeof source !== 'string') return [own];
  const [from = '', ...path] = decodeURIComponent(source).replace(/^\//u, '').split('/');
  return [own, objectRight('s3:GetObject', from, path.join('/'))];
}
