/** Requests over the socket: a frame with a `ref`, its reply by the same `ref`, a deadline. */
import { ChatError, isErrorCode } from '#protocol/errors.ts';
import { MAX_FRAME_BYTES } from '#protocol/limits.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Ports } from '../ports.ts';

/** How long a reply may take: the gateway's own failures come without a `ref`. */
const REPLY_MS = 10_000;
/** How many may be under way at once. */
const MAX_WAITING = 100;

type Reply = Extract<ServerFrame, { event: 'ack' | 'ok' | 'pong' }>;

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: ChatError) => void;
}

export interface Replies {
  /** @throws ChatError `unavailable` without a socket or a reply, else what the server says */
  readonly ask: (frame: {
    readonly action: string;
    readonly [field: string]: unknown;
  }) => Promise<Reply>;
  /** Takes a frame if it is a reply. @returns whether it was */
  readonly settle: (frame: ServerFrame) => boolean;
  /** The socket is gone: what waits will not be answered. */
  readonly abandon: () => void;
}

export interface RepliesOptions {
  readonly send: (text: string) => boolean;
  readonly ports: Pick<Ports, 'after'>;
}

/** The requests of one connection. */
export function createReplies({ send, ports }: RepliesOptions): Replies {
  const waiting = new Map<string, Waiting>();
  let count = 0;

  return {
    ask: (frame) =>
      new Promise((resolve, reject) => {
        count += 1;
        const ref = String(count);
        const text = JSON.stringify({ ...frame, ref });
        const refusal = refuse(text, waiting.size) ?? (send(text) ? null : notOpen());
        if (refusal) {
          reject(refusal);
          return;
        }
        const cancel = ports.after(REPLY_MS, () => {
          waiting.delete(ref);
          reject(
            new ChatError('unavailable', { message: `No reply within ${REPLY_MS / 1000} s.` }),
          );
        });
        const end = () => {
          cancel();
          waiting.delete(ref);
        };
        waiting.set(ref, {
          resolve: (reply) => (end(), resolve(reply)),
          reject: (error) => (end(), reject(error)),
        });
      }),
    settle: (frame) => {
      if (!isReply(frame)) return false;
      const asked = frame.ref === undefined ? undefined : waiting.get(frame.ref);
      if (frame.event === 'error') asked?.reject(errorOf(frame));
      else asked?.resolve(frame);
      return true;
    },
    abandon: () => {
      for (const asked of waiting.values()) {
        asked.reject(
          new ChatError('unavailable', { message: 'The socket closed before a reply.' }),
        );
      }
    },
  };
}

function isReply(frame: ServerFrame): frame is Reply | Extract<ServerFrame, { event: 'error' }> {
  return ['ack', 'ok', 'pong', 'error'].includes(frame.event);
}

/** A frame that is too large would close the socket, and the next one too. */
function refuse(text: string, underway: number): ChatError | null {
  if (new TextEncoder().encode(text).length > MAX_FRAME_BYTES) return new ChatError('too_large');
  return underway >= MAX_WAITING ? new ChatError('unavailable') : null;
}

function notOpen(): ChatError {
  return new ChatError('unavailable', { message: 'The socket is not open.' });
}

function errorOf(frame: Extract<ServerFrame, { event: 'error' }>): ChatError {
  // It is the socket that has outlived its token, while the next token is late: what was asked is as good as before.
  if (frame.code === 'token_expired') {
    return new ChatError('unavailable', { message: "The socket's token has ended." });
  }
  const { message, retryAfter, errors } = frame;
  return new ChatError(isErrorCode(frame.code) ? frame.code : 'internal', {
    message,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(errors !== undefined && { errors }),
  });
}
