/** The one error of Parley and the table of its codes. Free of dependencies: clients import it too. */

interface ErrorKind {
  /** The HTTP status that carries it. */
  readonly status: number;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
  /** What a caller may read when the thrower said nothing. */
  readonly text: string;
}

/** Every code a caller can meet: HTTP status, retryable, public text. */
export const ERRORS = {
  unauthorized: { status: 401, retryable: false, text: 'Sign in: no valid token came along.' },
  token_expired: { status: 401, retryable: false, text: 'The token has ended: bring a fresh one.' },
  forbidden: { status: 403, retryable: false, text: 'Your role may not do this.' },
  blocked: { status: 403, retryable: false, text: 'This account is suspended.' },
  not_found: { status: 404, retryable: false, text: 'There is nothing here for you.' },
  conflict: { status: 409, retryable: false, text: 'This id already names other content.' },
  behind: {
    status: 409,
    retryable: true,
    text: 'The room moved on by more than 200 messages: read on, then retry with the new after.',
  },
  invalid: { status: 400, retryable: false, text: 'The request does not fit the contract.' },
  too_large: { status: 413, retryable: false, text: 'That is larger than allowed.' },
  unsupported: { status: 415, retryable: false, text: 'This is not supported here.' },
  rate_limited: { status: 429, retryable: true, text: 'Too fast: wait before you try again.' },
  unavailable: { status: 503, retryable: true, text: 'Busy right now: try again.' },
  internal: { status: 500, retryable: true, text: 'Something failed on our side.' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** One field that failed its schema: `message.text`, and why. */
export interface FieldError {
  path: string;
  message: string;
}

/** What an error may carry beyond its code. All of it is public. */
export interface ErrorDetails {
  /** Replaces the table's text. */
  message?: string;
  /** Seconds to wait, with `rate_limited`. */
  retryAfter?: number;
  /** The fields that failed, with `invalid`. */
  errors?: FieldError[];
}

/** The one error class. Its message and details are public; its cause goes to the log only. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(details.message ?? ERRORS[code].text, options);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** True for a code of the table: what a server of a later version says may be unknown. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
