/** What the pool and an environment's thread say to one another. */

/** What a thread gets when it starts. */
export interface ThreadSetup {
  /** The bundle's folder and `index.handler`. */
  readonly codePath: string;
  readonly handler: string;
  readonly functionName: string;
  readonly memoryMb: number;
  /** What the function's clock shows, where that is not the machine's. */
  readonly nowMs: number | undefined;
  /** One 32-bit counter of the invocations handed over; the thread sleeps on it. */
  readonly handedOver: SharedArrayBuffer;
}

/** One invocation. `payload` is the event as JSON. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  /** When it is to be over, in epoch milliseconds of the function's clock. */
  readonly deadline: number;
  /** As in the setup. */
  readonly nowMs: number | undefined;
}

/** An error as Lambda reports it. */
export interface ThreadError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** What a part of a thread's life took: processor time of the thread itself, and time on the wall. */
export interface Spent {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** What a thread says. `payload` is the answer as JSON. */
export type ThreadMessage =
  | { readonly kind: 'ready'; readonly spent: Spent }
  | { readonly kind: 'refused'; readonly error: ThreadError }
  | { readonly kind: 'answer'; readonly payload: string; readonly spent: Spent }
  | { readonly kind: 'failure'; readonly error: ThreadError; readonly spent: Spent }
  | { readonly kind: 'log'; readonly text: string };
