/** What the connection's table speaks of: its states, what may happen, and what is to be done then. */
import type { ChatError } from '#protocol/errors.ts';

import type { DeviceSignal } from '../ports.ts';

/** The socket that will follow the open one before its token, or its time at the gateway, ends. */
export type Successor =
  | { readonly phase: 'none' }
  | { readonly phase: 'token' }
  | { readonly phase: 'socket'; readonly socket: number; readonly renewInMs: number };

/**
 * `sockets` counts those ever opened, so that each has a number of its own. `error`: nobody is signed in, until a token
 * comes.
 */
export type ConnectionState = { readonly sockets: number } & (
  | { readonly status: 'idle' }
  | { readonly status: 'waiting'; readonly attempt: number; readonly error?: ChatError | undefined }
  | {
      readonly status: 'authorizing';
      readonly attempt: number;
      readonly isFresh: boolean;
      readonly error?: ChatError | undefined;
    }
  | {
      readonly status: 'connecting';
      readonly attempt: number;
      readonly isFresh: boolean;
      readonly socket: number;
      readonly renewInMs: number;
    }
  | { readonly status: 'diagnosing'; readonly attempt: number; readonly isFresh: boolean }
  | {
      readonly status: 'open';
      readonly attempt: number;
      readonly socket: number;
      readonly isProbing: boolean;
      readonly successor: Successor;
      /** How many successors in a row did not come. */
      readonly misses: number;
      /** The socket before this one, which closes in a moment. */
      readonly retiring: number | null;
    }
  | { readonly status: 'refused'; readonly error: ChatError }
);

export type ConnectionTimer =
  | 'retry'
  | 'handshake'
  | 'keepAlive'
  | 'probe'
  | 'renew'
  | 'retire'
  | 'settled';

/** Why a handshake failed, as an HTTP route tells. */
export type Verdict =
  | { readonly kind: 'passing' }
  | { readonly kind: 'stale_token' }
  | { readonly kind: 'refused'; readonly error: ChatError };

export type ConnectionEvent =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  /** `renewInMs`: how long after it opens a socket with this token is to be followed by the next. */
  | { readonly type: 'token'; readonly token: string; readonly renewInMs: number }
  | { readonly type: 'token_failed'; readonly error: ChatError }
  | { readonly type: 'opened'; readonly socket: number }
  | { readonly type: 'received'; readonly socket: number }
  | { readonly type: 'closed'; readonly socket: number }
  | { readonly type: 'diagnosed'; readonly verdict: Verdict }
  | { readonly type: 'device'; readonly signal: DeviceSignal }
  | { readonly type: 'timer'; readonly timer: ConnectionTimer };

export type ConnectionEffect =
  /** `isFresh`: the last token was refused, ask for another. Answered by `token` or `token_failed`. */
  | { readonly type: 'fetchToken'; readonly isFresh: boolean }
  | { readonly type: 'openSocket'; readonly socket: number; readonly token: string }
  | { readonly type: 'closeSocket'; readonly socket: number }
  /** To be answered. */
  | { readonly type: 'ping' }
  /** Starts or restarts a timer; a change of the status stops all of them. */
  | { readonly type: 'startTimer'; readonly timer: ConnectionTimer; readonly delayMs: number }
  /** Starts a timer with the delay that the backoff gives. */
  | { readonly type: 'backOff'; readonly timer: 'retry' | 'renew'; readonly attempt: number }
  /** Ask an HTTP route why the handshake failed. Answered by `diagnosed`. */
  | { readonly type: 'diagnose' }
  /** A socket opened: fetch what was missed. `isSeamless`: the one before is still open and hears along. */
  | { readonly type: 'synchronise'; readonly isSeamless: boolean };

export interface Step {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}
