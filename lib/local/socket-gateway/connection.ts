/** One open socket of the gateway: its last traffic, its cuts, its goodbye, and the length of its frames. */
import type { WebSocket } from 'ws';
import { MAX_FRAME_BYTES } from '#protocol/limits.ts';
import type { Clock } from '../model.ts';
import type { Undocumented } from '../undocumented.ts';
import { type ConnectionFacts, gatewayMessage } from './events.ts';

const IDLE_MS = 10 * 60_000;
const MAX_AGE_MS = 2 * 60 * 60_000;

/** What a connection lives by. */
interface ConnectionOptions {
  readonly clock: Clock;
  readonly undocumented: Undocumented;
}

/** One open connection: its last traffic, its cut, its goodbye. */
export class Connection {
  readonly facts: ConnectionFacts;
  /** Epoch milliseconds of the last message. */
  lastActiveAt: number;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  #cancelCut: () => void = () => undefined;
  #leaving: { code: number; reason: string } | undefined;

  constructor(facts: ConnectionFacts, socket: WebSocket, options: ConnectionOptions) {
    this.facts = facts;
    this.#socket = socket;
    this.#options = options;
    this.lastActiveAt = options.clock.now();
    this.#awaitCut();
  }

  get isLeaving(): boolean {
    return this.#leaving !== undefined || this.#socket.readyState !== this.#socket.OPEN;
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** One timer per connection, set anew only when it fires: a message costs no timer. */
  #awaitCut(): void {
    const { clock, undocumented } = this.#options;
    const now = clock.now();
    const cutAt = Math.min(this.lastActiveAt + IDLE_MS, this.facts.connectedAt + MAX_AGE_MS);
    if (cutAt <= now) this.leave(undocumented.cut.code, undocumented.cut.reason);
    else this.#cancelCut = clock.after(cutAt - now, () => this.#awaitCut());
  }

  /** Sends one text message, in frames as small as the gateway's. */
  send(data: Buffer): void {
    if (this.isLeaving) return;
    for (let at = 0; at === 0 || at < data.length; at += MAX_FRAME_BYTES) {
      const end = at + MAX_FRAME_BYTES;
      this.#socket.send(data.subarray(at, end), { binary: false, fin: end >= data.length });
    }
  }

  sendError(message: string, requestId?: string): void {
    this.send(Buffer.from(gatewayMessage(message, this.facts.connectionId, requestId)));
  }

  /** Closes from the gateway's side; from now on nothing reaches or leaves the client. */
  leave(code: number, reason: string): void {
    if (this.#leaving !== undefined) return;
    this.#leaving = { code, reason };
    this.#cancelCut();
    this.#socket.close(code, reason);
  }

  /** The socket has closed: why, in the words of whoever began. */
  end(code: number, reason: string): { code: number; reason: string } {
    this.#cancelCut();
    this.#leaving ??= { code, reason };
    return this.#leaving;
  }

  closed(): Promise<void> {
    return new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }
}

/** Follows the frames of a byte stream by their headers alone. */
export class FrameMeter {
  #header: number[] = [];
  #payloadLeft = 0;

  /** Takes the next bytes; true once a frame begins in them that is longer than the gateway takes. */
  exceeds(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      this.#header.push(chunk[at] ?? 0);
      at += 1;
      const length = payloadLength(this.#header);
      if (length === undefined) continue;
      if (length > MAX_FRAME_BYTES) return true;
      this.#header = [];
      this.#payloadLeft = length;
    }
    return false;
  }
}

/** The payload length once the header is complete (RFC 6455, 5.2: length of 7, 16 or 64 bits, then the mask). */
function payloadLength(header: readonly number[]): number | undefined {
  const [, second] = header;
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
  const masked = second & 0x80 ? 4 : 0;
  if (header.length < 2 + extended + masked) return undefined;
  if (extended === 0) return short;
  return header.slice(2, 2 + extended).reduce((length, byte) => length * 256 + byte, 0);
}
