/** Turns unknown input into a contract type, or into the error that says which field does not fit, and why. */
import * as z from 'zod/mini';

import { ChatError, type FieldError } from './errors.ts';

const MAX_REPORTED_FIELDS = 10;

/** What a field should have been, by zod's name for it. */
const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What is counted of a value that is too long; numbers are compared themselves. */
const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

/**
 * Checks a value against a schema; unknown fields are dropped, or refused where the schema is strict.
 * @param at the path that errors start with, such as `message`
 * @throws ChatError `invalid` with at most ten field errors
 */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, at = ''): z.infer<T> {
  const result = z.safeParse(schema, value, { error: wordingOf });
  if (result.success) return result.data;
  const errors = result.error.issues
    .flatMap((issue) => toFieldErrors(issue, at))
    .slice(0, MAX_REPORTED_FIELDS);
  throw new ChatError('invalid', { errors });
}

function toFieldErrors(issue: z.core.$ZodIssue, at: string): FieldError[] {
  const around = [at, ...issue.path.map(String)];
  const { message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(around), message }];
  return issue.keys.map((key) => ({ path: pathOf([...around, key]), message }));
}

function pathOf(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.');
}

/** The words where a schema has none of its own: zod/mini knows only "Invalid input", which helps nobody. */
function wordingOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kindOf(issue.expected)}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue.options) ? oneOf(issue.options) : 'does not fit';
    case 'too_big':
      return bound('at most', issue.origin, issue.maximum);
    case 'too_small':
      return bound('at least', issue.origin, issue.minimum);
    case 'unrecognized_keys':
      return 'is not a field of this';
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return 'does not fit';
  }
}

function kindOf(expected: unknown): string {
  return KINDS[String(expected)] ?? String(expected);
}

function oneOf(values: unknown): string {
  const all = Array.isArray(values) ? values.map(String) : [];
  return all.length === 1 ? `must be ${all[0]}` : `must be one of ${all.join(', ')}`;
}

function bound(side: string, origin: unknown, limit: unknown): string {
  const unit = UNITS[String(origin)];
  if (unit === undefined) return `must be ${side} ${String(limit)}`;
  return side === 'at least' && Number(limit) === 1
    ? 'must not be empty'
    : `must have ${side} ${String(limit)}${unit}`;
}
