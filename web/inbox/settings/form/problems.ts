/** What is wrong with a form: which field, and why; found here or said by the server. */
import type { ErrorCode, FieldError } from '#protocol/errors.ts';

/** What the form finds by itself. */
export type ProblemCode = 'blank' | 'order' | 'overlap' | 'twice' | 'taken';

/** One field that does not fit. */
export interface Problem {
  /** As the server names it: `hours.week.mon.0.to`. */
  readonly path: string;
  readonly code?: ProblemCode;
  /** The server's own words, in English. */
  readonly message?: string;
}

/** The sentences of the catalogue. */
export interface ProblemWords {
  readonly codes: Readonly<Record<ProblemCode, string>>;
  /** What each field wants, by its name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A problem in words: by its code, else by its field; the server's own words are the last resort. */
export function wordsOfProblem({ path, code, message }: Problem, words: ProblemWords): string {
  if (code !== undefined) return words.codes[code];
  const field = path
    .split('.')
    .toReversed()
    .find((part) => Object.hasOwn(words.fields, part));
  return field === undefined ? (message ?? '') : (words.fields[field] ?? '');
}

/** The problem that stands at a field, or at one of the fields around it which it is the first of. */
export function problemAt(problems: readonly Problem[], path: string): Problem | undefined {
  return problems.find((problem) => problem.path === path);
}

/** The server's refusal of some fields. */
export function problemsOf(errors: readonly FieldError[] | undefined): readonly Problem[] {
  return (errors ?? []).map(({ path, message }) => ({ path, message }));
}

/** Why nothing was saved, where no field is to blame. */
export type Failure = ErrorCode;
