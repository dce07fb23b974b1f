/** One person at one device: real HTTP requests and a real socket, each of them counted as the gateways meter them. */
import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { Product } from '#protocol/message.ts';

/** What the gateways would put on the bill. */
export interface Traffic {
  httpRequests: number;
  framesIn: number;
  /** Events and replies. */
  framesOut: number;
}

export interface PersonOptions {
  readonly url: string;
  readonly socketUrl: string;
  readonly token: string;
}

/** What one message carries besides its number. */
export interface Said {
  readonly roomId: string;
  readonly text: string;
  readonly product?: Product;
}

type Frame = Record<string, unknown>;

const WAIT_MS = 10_000;

export class Person {
  readonly traffic: Traffic = { httpRequests: 0, framesIn: 0, framesOut: 0 };
  /** The newest message this person has seen or written. */
  seq = 0;
  readonly #options: PersonOptions;
  readonly #device = crypto.randomUUID();
  readonly #waiting = new Map<string, (frame: Frame) => void>();
  #socket: WebSocket | undefined;

  constructor(options: PersonOptions) {
    this.#options = options;
  }

  /** Opens the socket. */
  async connect(): Promise<void> {
    const { socketUrl, token } = this.#options;
    const socket = new WebSocket(`${socketUrl}?device=${this.#device}`, ['parley.v1', token]);
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as Frame));
    await once(socket, 'open');
    this.#socket = socket;
  }

  async disconnect(): Promise<void> {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = undefined;
    socket.close();
    await once(socket, 'close');
  }

  /** One HTTP call. @throws Error where it is refused */
  async call(method: string, path: string, body?: unknown): Promise<Frame> {
    this.traffic.httpRequests += 1;
    const response = await fetch(`${this.#options.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#options.token}`,
        'parley-device': this.#device,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Frame);
  }

  /** Sends over HTTP, as the client does. @returns the message's id */
  async say(said: Said): Promise<string> {
    const { roomId, ...content } = said;
    const id = crypto.randomUUID();
    const message = { id, type: 'text', ...content, after: this.seq };
    this.#saw(await this.call('POST', `/rooms/${roomId}/messages`, message));
    return id;
  }

  /** Sends over the socket and waits for the `ack`. @returns the message's id */
  async sayOverSocket({ roomId, ...content }: Said): Promise<string> {
    const id = crypto.randomUUID();
    const answer = this.#next(`ref ${id}`);
    const message = { id, type: 'text', ...content };
    this.send({ action: 'send', ref: id, roomId, after: this.seq, message });
    const frame = await answer;
    if (frame['event'] !== 'ack') throw new Error(`Refused: ${JSON.stringify(frame)}`);
    this.#saw(frame);
    return id;
  }

  /** One frame, answered or not. */
  send(frame: Frame): void {
    this.traffic.framesIn += 1;
    this.#socket?.send(JSON.stringify(frame));
  }

  /** Marks everything seen as read. */
  async read(roomId: string): Promise<void> {
    const ref = crypto.randomUUID();
    const answer = this.#next(`ref ${ref}`);
    this.send({ action: 'read', ref, roomId, seq: this.seq });
    await answer;
  }

  /** A probe, and its answer: what was sent before it has been served. */
  async pings(): Promise<void> {
    const ref = crypto.randomUUID();
    const answer = this.#next(`ref ${ref}`);
    this.send({ action: 'ping', ref });
    await answer;
  }

  /** Resolves when a message with more than `seq` has come in. */
  async hears(seq: number): Promise<void> {
    if (this.seq < seq) await this.#next(`seq ${seq}`);
  }

  #hear(frame: Frame): void {
    this.traffic.framesOut += 1;
    const message = frame['message'] as Frame | undefined;
    if (frame['event'] === 'message' && message) this.#saw(message);
    this.#settle(`ref ${String(frame['ref'])}`, frame);
  }

  #saw(frame: Frame): void {
    this.seq = Math.max(this.seq, Number(frame['seq']));
    this.#settle(`seq ${this.seq}`, frame);
  }

  #settle(key: string, frame: Frame): void {
    this.#waiting.get(key)?.(frame);
    this.#waiting.delete(key);
  }

  #next(key: string): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No ${key} in time.`)), WAIT_MS);
      this.#waiting.set(key, (frame) => {
        clearTimeout(timer);
        resolve(frame);
      });
    });
  }
}
