/** The buckets of a template as the object store takes them: CORS and expiry, the rest is delivery and rights. */
import type { BucketCorsRule, BucketModel, ExpirationRule } from '../model.ts';
import { jsonOf, listOf, textOf, textsOf } from '../json.ts';
import type { Resource } from './deployment.ts';

/** A bucket. Versions are not kept: a deleted object is gone. */
export function bucketOf({ id, ref, properties }: Resource): BucketModel {
  const cors = listOf(jsonOf(properties['CorsConfiguration'])['CorsRules']);
  const rules = listOf(jsonOf(properties['LifecycleConfiguration'])['Rules']);
  return {
    logicalId: id,
    bucketName: ref,
    cors: cors.map(corsRuleOf),
    expirations: rules.flatMap((rule) => expirationOf(rule, id)),
  };
}

function corsRuleOf(value: unknown): BucketCorsRule {
  const rule = jsonOf(value);
  return {
    allowedOrigins: textsOf(rule['AllowedOrigins']),
    allowedMethods: textsOf(rule['AllowedMethods']),
    allowedHeaders: textsOf(rule['AllowedHeaders']),
    exposedHeaders: textsOf(rule['ExposedHeaders']),
    maxAgeSeconds: rule['MaxAge'] === undefined ? undefined : Number(rule['MaxAge']),
  };
}

/** Rules that move or abort what does not exist here (storage classes, versions, parts) have nothing to play. */
function expirationOf(value: unknown, bucketId: string): readonly ExpirationRule[] {
  const rule = jsonOf(value);
  if (rule['Status'] !== 'Enabled' || rule['ExpirationInDays'] === undefined) return [];
  if (rule['TagFilters'] !== undefined) {
    throw new Error(`${bucketId}: the local runtime plays lifecycle rules by prefix, not by tags.`);
  }
  return [{ prefix: textOf(rule['Prefix']), days: Number(rule['ExpirationInDays']) }];
}
