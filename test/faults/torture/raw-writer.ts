/** Somebody who speaks the protocol by hand, over HTTP or a socket, and tries everything again until it is answered. */
import { setTimeout as sleep } from 'node:timers/promises';

import { DEFAULT_PORTS, type SocketPort } from '#client/ports.ts';
import type { Message } from '#protocol/message.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Sequence, uuidOf } from '../faults/dice.ts';
import type { ClientFacts, History } from '../history/history.ts';
import { recordingPorts, type WirePorts } from '../history/recording.ts';

export interface RawWriterOptions {
  readonly history: History;
  readonly facts: ClientFacts;
  readonly sequence: Sequence;
  readonly url: string;
  readonly socketUrl: string;
  readonly token: string;
  readonly roomId: string;
  readonly over: 'http' | 'socket';
}

/** An answer of either way: `code` is `ok`, one of the error table, or `unanswered`. */
interface Answer {
  readonly code: string;
  readonly seq?: number;
  readonly items?: readonly Message[];
  readonly hasMore?: boolean;
}

/** What to send once more, later. */
interface Sent {
  readonly id: string;
  readonly text: string;
  readonly after: number;
}

/** After this it tries again, whether or not the first try still runs somewhere: the gateway gives up after 29 s. */
const DEADLINE_MS = 10_000;
/** The pause before a retry grows to this. */
const MAX_PAUSE_MS = 1_000;
const UNANSWERED: Answer = { code: 'unanswered' };
const RETRYABLE = /^(?:unanswered|unavailable|internal|rate_limited|status 5\d\d|status 429)$/u;

export class RawWriter {
  readonly name: string;
  readonly #options: RawWriterOptions;
  readonly #ports: WirePorts;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #sent: Sent[] = [];
  readonly #own: number[] = [];
  #socket: SocketPort | null = null;
  #refs = 0;
  /** The highest number known, with everything below it read. */
  #seen = 0;

  constructor(options: RawWriterOptions) {
    this.name = options.facts.name;
    this.#options = options;
    this.#ports = recordingPorts(options.history, options.facts, DEFAULT_PORTS);
  }

  /** Opens the socket of one that has one. */
  async connect(): Promise<void> {
    if (this.#options.over === 'http') return;
    while (this.#socket === null) {
      if (!(await this.#open())) await this.#pause(1);
    }
  }

  cut(): void {
    this.#socket?.close();
  }

  /** Sends something new until it is acknowledged, and sometimes once more. */
  async send(text: string): Promise<void> {
    const sent = { id: uuidOf(this.#options.sequence), text, after: this.#seen };
    this.#sent.push(sent);
    await this.#deliver(sent);
  }

  /** Sends something old again: the answer has to be the same. */
  async sendAgain(): Promise<void> {
    const recent = this.#sent.slice(-20);
    if (recent.length > 0) await this.#deliver(this.#options.sequence.pick(recent));
  }

  /** Reads on to the end, and says so. */
  async read(): Promise<void> {
    await this.readOn();
    const seq = this.#seen;
    await this.#insist(() => this.#ask('read', { seq }, () => this.#http('PUT', '/read', { seq })));
  }

  async edit(text: string): Promise<void> {
    const seq = this.#someOwn();
    if (seq === undefined) return;
    await this.#insist(() =>
      this.#ask('edit', { seq, text }, () => this.#http('PATCH', `/messages/${seq}`, { text })),
    );
  }

  async remove(): Promise<void> {
    const seq = this.#someOwn();
    if (seq === undefined) return;
    this.#own.splice(this.#own.indexOf(seq), 1);
    await this.#insist(() =>
      this.#ask('delete', { seq }, () => this.#http('DELETE', `/messages/${seq}`)),
    );
  }

  async react(emoji: string, on: boolean): Promise<void> {
    if (this.#seen === 0) return;
    const seq = 1 + this.#options.sequence.below(this.#seen);
    const body = { emoji, on };
    await this.#insist(() =>
      this.#ask('react', { seq, ...body }, () =>
        this.#http('PUT', `/messages/${seq}/reactions`, body),
      ),
    );
  }

  /** A page of older messages. */
  async readBack(): Promise<void> {
    const before = 1 + this.#options.sequence.below(this.#seen + 1);
    await this.#insist(() => this.#http('GET', `/messages?before=${before}&limit=10`));
  }

  async lookAtPeople(): Promise<void> {
    await this.#insist(() => this.#http('GET', '/participants'));
  }

  /** Everything behind what is known; the newest at least. */
  async readOn(): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const path = `/messages?after=${this.#seen}&limit=100`;
      const page = await this.#insist(() => this.#http('GET', path));
      this.#seen = page.items?.at(-1)?.seq ?? this.#seen;
      hasMore = page.hasMore === true;
    }
  }

  close(): void {
    this.#socket?.close();
  }

  async #deliver({ id, text, after: first }: Sent): Promise<void> {
    const message = { id, type: 'text', text };
    let after = first;
    for (;;) {
      const body = { ...message, after };
      const answer = await this.#insist(() =>
        this.#ask('send', { after, message }, () => this.#http('POST', '/messages', body)),
      );
      if (answer.code === 'ok') return this.#learn(answer.seq ?? 0, id);
      // A stored message that was edited meanwhile may be another by its content; its place stands.
      if (answer.code !== 'behind') return undefined;
      const known = this.#seen;
      await this.readOn();
      after = Math.max(known, this.#seen);
      if (await this.#isStored(id, first)) return undefined;
    }
  }

  /** Whoever is behind looks for its own message in what it read on. */
  async #isStored(id: string, after: number): Promise<boolean> {
    for (let from = after; from < this.#seen; from += 100) {
      const page = await this.#insist(() => this.#http('GET', `/messages?after=${from}&limit=100`));
      const found = page.items?.find((item) => item.id === id);
      if (found === undefined) continue;
      this.#learn(found.seq, id);
      return true;
    }
    return false;
  }

  #learn(seq: number, id: string): void {
    if (!this.#own.includes(seq) && this.#sent.some((sent) => sent.id === id)) this.#own.push(seq);
    // What lies between is not known yet.
    if (seq === this.#seen + 1) this.#seen = seq;
  }

  #someOwn(): number | undefined {
    const recent = this.#own.slice(-10);
    return recent.length === 0 ? undefined : this.#options.sequence.pick(recent);
  }

  async #insist(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      const answer = await attempt();
      if (!RETRYABLE.test(answer.code)) return answer;
      await this.#pause(tries);
    }
  }

  async #pause(tries: number): Promise<void> {
    const { next } = this.#options.sequence;
    await sleep(20 + next() * Math.min(MAX_PAUSE_MS, 50 * 2 ** tries));
  }

  /** Over the socket where this one has one, else over HTTP. */
  async #ask(action: string, frame: object, overHttp: () => Promise<Answer>): Promise<Answer> {
    if (this.#options.over === 'http') return overHttp();
    if (this.#socket === null && !(await this.#open())) return UNANSWERED;
    const ref = String((this.#refs += 1));
    const text = JSON.stringify({ action, ref, roomId: this.#options.roomId, ...frame });
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(ref, UNANSWERED), DEADLINE_MS);
      this.#waiting.set(ref, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#socket?.send(text);
    });
  }

  #settle(ref: string, answer: Answer): void {
    this.#waiting.get(ref)?.(answer);
    this.#waiting.delete(ref);
  }

  #open(): Promise<boolean> {
    const { socketUrl, token } = this.#options;
    const device = this.name.replaceAll(/[^\w-]/gu, '-').slice(-60);
    return new Promise((resolve) => {
      const socket = this.#ports.openSocket(`${socketUrl}?device=${device}`, ['parley.v1', token], {
        onOpen: () => {
          this.#socket = socket;
          resolve(true);
        },
        onText: (text) => this.#hear(JSON.parse(text) as ServerFrame),
        onClose: () => {
          this.#socket = null;
          for (const ref of this.#waiting.keys()) this.#settle(ref, UNANSWERED);
          resolve(false);
        },
      });
    });
  }

  #hear(frame: ServerFrame): void {
    if (!('ref' in frame) || frame.ref === undefined) return;
    if (frame.event === 'error') this.#settle(frame.ref, { code: frame.code });
    else this.#settle(frame.ref, { code: 'ok', ...('seq' in frame && { seq: frame.seq }) });
  }

  async #http(method: string, path: string, body?: object): Promise<Answer> {
    const { url, roomId, token } = this.#options;
    try {
      const response = await this.#ports.fetch(`${url}/v1/rooms/${roomId}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer = (text === '' ? {} : JSON.parse(text)) as Partial<Answer>;
      if (response.status < 300) return { ...answer, code: 'ok' };
      return { code: answer.code ?? `status ${response.status}` };
    } catch {
      return UNANSWERED;
    }
  }
}
