/** Event filter patterns, as a stream mapping has them: which records a function is woken for. */
import { isJson, listOf, type Json } from '../json.ts';

/** Comparisons of `{ "numeric": [">", 0, "<=", 5] }`. */
const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

type Rule = (value: unknown, operand: unknown) => boolean;

const RULES: Readonly<Record<string, Rule>> = {
  prefix: (value, prefix) => typeof value === 'string' && value.startsWith(String(prefix)),
  suffix: (value, suffix) => typeof value === 'string' && value.endsWith(String(suffix)),
  exists: (value, wanted) => (value !== undefined) === wanted,
  'equals-ignore-case': (value, wanted) =>
    typeof value === 'string' && value.toLowerCase() === String(wanted).toLowerCase(),
  'anything-but': (value, unwanted) =>
    value !== undefined &&
    ![unwanted].flat().some((it) => (isJson(it) ? matchesRule(value, it) : it === value)),
  numeric: (value, bounds) => matchesNumeric(value, listOf(bounds)),
};

/**
 * Whether a record passes: one of the patterns matches, or there are none.
 * @throws Error naming a rule that is not known here
 */
export function passesFilters(record: unknown, patterns: readonly unknown[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matches(record, pattern));
}

/** An object asks for each of its keys, a list for one of its rules. */
function matches(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(value) ? value : [value];
    return pattern.some((rule) => values.some((it) => matchesRule(it, rule)));
  }
  if (!isJson(pattern)) throw new Error(`No filter pattern: ${JSON.stringify(pattern)}.`);
  const source: Json = isJson(value) ? value : {};
  return Object.entries(pattern).every(([key, part]) =>
    key === '$or'
      ? listOf(part).some((choice) => matches(value, choice))
      : matches(source[key], part),
  );
}

function matchesRule(value: unknown, rule: unknown): boolean {
  if (!isJson(rule)) return value === rule;
  return Object.entries(rule).every(([name, operand]) => {
    const known = RULES[name];
    if (!known) throw new Error(`Unknown filter rule "${name}": add it to lib/local/streams.`);
    return known(value, operand);
  });
}

function matchesNumeric(value: unknown, bounds: readonly unknown[]): boolean {
  // DynamoDB writes numbers as text.
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return false;
  for (let at = 0; at < bounds.length; at += 2) {
    const compare = COMPARISONS[String(bounds[at])];
    if (!compare?.(number, Number(bounds[at + 1]))) return false;
  }
  return true;
}
