/** The one error of Parley and its codes. Free of dependencies: clients import it too. */

/** Every code a caller can meet, and whether the same request may succeed later without a change. What else there is to say of them is in `error-kinds.ts`. */
const RETRYABLE = {
  unauthorized: false,
  token_expired: false,
  forbidden: false,
  blocked: false,
  not_found: false,
  conflict: false,
  behind: true,
  invalid: false,
  too_large: false,
  unsupported: false,
  rate_limited: true,
  unavailable: true,
  internal: true,
} as const satisfies Record<string, boolean>;

/** A code of the contract. */
export type ErrorCode = keyof typeof RETRYABLE;

/** One field that failed its schema: `message.text`, and why. */
export interface FieldError {
  path: string;
  message: string;
}

/** What an error may carry beyond its code. All of it is public. */
export interface ErrorDetails {
  /** What failed and why; the code alone where nobody says it. */
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
    super(details.message ?? code, options);
    this.code = code;
    this.details = details;
  }

  get retryable(): boolean {
    return RETRYABLE[this.code];
  }
}

/** True for a code of the table: what a server of a later version says may be unknown. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(RETRYABLE, value);
}
