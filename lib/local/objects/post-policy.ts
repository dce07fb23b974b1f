/** The policy of a browser's upload: every field of the form must be allowed by a condition, and every condition must hold. */
import { isJson, jsonOf, listOf, type Json } from '../json.ts';
import { S3Error } from './s3-error.ts';

/** The form's fields before the file, names in lower case; the bucket among them. */
export type FormFields = Readonly<Record<string, string>>;

/** How large the file may be, in bytes, both ends included. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** S3's own bound of one upload: 5 GiB. */
const ANY_SIZE: SizeRange = { min: 0, max: 5 * 1024 ** 3 };

/** Fields that no condition has to name: the proof itself. */
const EXEMPT = /^(?:policy|x-amz-signature|file|x-ignore-.*)$/u;

interface Condition {
  readonly rule: 'eq' | 'starts-with';
  /** In lower case. */
  readonly field: string;
  readonly value: string;
  /** As it stands in the policy. */
  readonly source: unknown;
}

/**
 * Checks a form against its policy.
 * @param encoded the policy as the form has it, base64 of JSON
 * @returns what the file's size must be
 * @throws S3Error InvalidPolicyDocument for one that is none, AccessDenied for one that does not allow the form
 */
export function requirePolicy(encoded: string, fields: FormFields, now: number): SizeRange {
  const policy = parsePolicy(encoded);
  if (now >= expiryOf(policy)) throw denied('Policy expired.');
  const { conditions, sizes } = conditionsOf(policy);
  for (const condition of conditions) {
    if (!holds(condition, fields[condition.field] ?? '')) {
      throw denied(`Policy Condition failed: ${JSON.stringify(condition.source)}`);
    }
  }
  const named = new Set(conditions.map(({ field }) => field));
  const extra = Object.keys(fields).filter((it) => !EXEMPT.test(it) && !named.has(it));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  return {
    min: Math.max(...sizes.map(({ min }) => min)),
    max: Math.min(...sizes.map(({ max }) => max)),
  };
}

function parsePolicy(encoded: string): Json {
  try {
    const policy: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString());
    if (isJson(policy)) return policy;
  } catch {
    // said below
  }
  throw invalid('Invalid Policy: Invalid JSON.');
}

function expiryOf(policy: Json): number {
  const { expiration } = policy;
  const time = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(time)) throw invalid('Invalid Policy: Missing or invalid expiration.');
  return time;
}

function conditionsOf(policy: Json) {
  if (!Array.isArray(policy['conditions'])) throw invalid('Invalid Policy: Missing conditions.');
  const conditions: Condition[] = [];
  const sizes: SizeRange[] = [ANY_SIZE];
  for (const source of listOf(policy['conditions'])) {
    const size = sizeRangeOf(source);
    if (size) sizes.push(size);
    else conditions.push(...conditionOf(source));
  }
  return { conditions, sizes };
}

/** `["content-length-range", 1, 1000]`. */
function sizeRangeOf(source: unknown): SizeRange | undefined {
  const [rule, ...bounds] = listOf(source);
  if (rule !== 'content-length-range') return undefined;
  const [min = Number.NaN, max = Number.NaN] = bounds.map(Number);
  if (bounds.length === 2 && min >= 0 && max >= min) return { min, max };
  throw invalid(`Invalid Policy: Invalid range: ${JSON.stringify(source)}`);
}

/** `{"bucket": "b"}`, `["eq", "$key", "a"]` or `["starts-with", "$key", "a/"]`. */
function conditionOf(source: unknown): readonly Condition[] {
  const [rule, name, value] = listOf(source);
  if ((rule === 'eq' || rule === 'starts-with') && isField(name) && isText(value)) {
    return [{ rule, field: name.slice(1).toLowerCase(), value, source }];
  }
  const entries = Object.entries(jsonOf(source));
  if (entries.length === 1) {
    return entries.map(([field, only]) => {
      if (!isText(only)) throw invalid('Invalid Policy: Invalid Simple-Condition: no text.');
      return {
        rule: 'eq',
        field: field.toLowerCase(),
        value: only,
        source: ['eq', `$${field}`, only],
      };
    });
  }
  throw invalid(`Invalid Policy: Invalid condition: ${JSON.stringify(source)}`);
}

function isField(name: unknown): name is string {
  return isText(name) && name.startsWith('$');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function holds({ rule, value }: Condition, given: string): boolean {
  return rule === 'eq' ? given === value : given.startsWith(value);
}

function denied(reason: string): S3Error {
  return new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidPolicyDocument', message);
}
