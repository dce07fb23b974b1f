/** Turns unknown input into a contract type, or into the error that says which field does not fit. */
import * as z from 'zod/mini';

import { ChatError, type FieldError } from './errors.ts';

const MAX_REPORTED_FIELDS = 10;

/**
 * Checks a value against a schema; unknown fields are dropped.
 * @param at the path that errors start with, such as `message`
 * @throws ChatError `invalid` with at most ten field errors
 */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, at = ''): z.infer<T> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const errors = result.error.issues
    .slice(0, MAX_REPORTED_FIELDS)
    .map((issue) => toFieldError(issue, at));
  throw new ChatError('invalid', { errors });
}

function toFieldError(issue: z.core.$ZodIssue, at: string): FieldError {
  const path = [at, ...issue.path.map(String)].filter((part) => part !== '').join('.');
  return { path, message: issue.message };
}
