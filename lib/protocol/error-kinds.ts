/** What a server says of each error: no client needs it, since an answer brings its own words. */
import type { ErrorCode } from './errors.ts';

interface ErrorKind {
  /** The HTTP status that carries it. */
  readonly status: number;
  /** What a caller may read when the thrower said nothing. */
  readonly text: string;
}

/** Every code: HTTP status and public text. */
export const ERRORS: Readonly<Record<ErrorCode, ErrorKind>> = {
  unauthorized: { status: 401, text: 'Sign in: no valid token came along.' },
  token_expired: { status: 401, text: 'The token has ended: bring a fresh one.' },
  forbidden: { status: 403, text: 'Your role may not do this.' },
  blocked: { status: 403, text: 'This account is suspended.' },
  not_found: { status: 404, text: 'There is nothing here for you.' },
  conflict: { status: 409, text: 'This id already names other content.' },
  behind: {
    status: 409,
    text: 'The room moved on by more than 200 messages: read on, then retry with the new after.',
  },
  invalid: { status: 400, text: 'The request does not fit the contract.' },
  too_large: { status: 413, text: 'That is larger than allowed.' },
  unsupported: { status: 415, text: 'This is not supported here.' },
  rate_limited: { status: 429, text: 'Too fast: wait before you try again.' },
  unavailable: { status: 503, text: 'Busy right now: try again.' },
  internal: { status: 500, text: 'Something failed on our side.' },
};
