/** One Lambda environment: a thread that answers one invocation at a time, until it crashes, times out or is stopped. */
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';

import type { Clock, FunctionModel, InvokeResult } from '../model.ts';
import { isTraceOf } from './trace.ts';
import type { Invocation, Spent, ThreadMessage, ThreadSetup } from './protocol.ts';

/** What an environment needs besides the function. */
export interface EnvironmentOptions {
  readonly model: FunctionModel;
  /** Its whole `process.env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Instead of the machine's. */
  readonly clock: Clock | undefined;
  onLog(text: string): void;
  /** The thread is gone, for whatever reason. Called once. */
  onEnd(): void;
  onInit(spent: Spent): void;
}

/** An invocation's result and what it took; nothing where the environment did not live to tell. */
export interface Outcome {
  readonly result: InvokeResult;
  readonly spent: Spent | undefined;
}

/** Lambda gives a function this long to load. */
const INIT_TIMEOUT_MS = 10_000;

/** An environment. It starts loading the function when it is made. */
export class Environment {
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #handedOver = new SharedArrayBuffer(4);
  /** Settles the invocation at hand. */
  #settle: ((outcome: Outcome) => void) | undefined;
  #waiting: Pick<Invocation, 'requestId' | 'payload'> | undefined;
  /** Of the invocation at hand, or the last one. */
  #requestId = '';
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #isAlive = true;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    const { model, env, clock } = options;
    const setup: ThreadSetup = { ...model, handedOver: this.#handedOver, nowMs: clock?.now() };
    this.#worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: setup,
      env: { ...env },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: model.memoryMb },
    });
    this.#worker.on('message', (message: ThreadMessage) => this.#hear(message));
    this.#worker.on('error', (error: unknown) => this.#crash(...nameAndMessage(error)));
    this.#worker.on('exit', (code) => {
      this.#crash('Runtime.ExitError', `Runtime exited with exit status ${code}`);
    });
    this.#timer = setTimeout(() => this.#expire(INIT_TIMEOUT_MS), INIT_TIMEOUT_MS);
  }

  /** Whether it can take another invocation. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Runs one invocation. Not to be called while another one runs. Never rejects. */
  invoke(payload: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#requestId = randomUUID();
      this.#waiting = { requestId: this.#requestId, payload };
      if (this.#isReady) this.#handOver();
    });
  }

  /** Whether the invocation at hand has that tracing header. */
  isRunning(trace: string): boolean {
    return this.#settle !== undefined && isTraceOf(this.#requestId, trace);
  }

  /** Ends the thread in the middle of its invocation, as a failing host does. */
  kill(): void {
    this.#crash('Runtime.ExitError', 'Runtime exited with error: signal: killed');
    void this.#worker.terminate();
  }

  /** Ends the thread; an invocation at hand fails. */
  async stop(): Promise<void> {
    this.#crash('Runtime.ExitError', 'The local runtime stops.');
    await this.#worker.terminate();
  }

  #handOver(): void {
    const { timeoutMs } = this.#options.model;
    if (!this.#waiting) return;
    this.#timer = setTimeout(() => this.#expire(timeoutMs), timeoutMs);
    const nowMs = this.#options.clock?.now();
    // The time to load is not the invocation's.
    const deadline = (nowMs ?? Date.now()) + timeoutMs;
    const invocation: Invocation = { ...this.#waiting, deadline, nowMs };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(invocation);
    this.#waiting = undefined;
    const counter = new Int32Array(this.#handedOver);
    Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
  }

  #hear(message: ThreadMessage): void {
    switch (message.kind) {
      case 'log':
        return this.#options.onLog(message.text);
      case 'ready':
        clearTimeout(this.#timer);
        this.#isReady = true;
        this.#options.onInit(message.spent);
        return this.#handOver();
      case 'refused':
        return this.#crash(message.error.errorType, message.error.errorMessage);
      case 'answer': {
        const payload: unknown = JSON.parse(message.payload);
        return this.#finish({ result: { ok: true, payload }, spent: message.spent });
      }
      case 'failure':
        return this.#finish({ result: { ok: false, ...message.error }, spent: message.spent });
    }
  }

  #expire(afterMs: number): void {
    const seconds = (afterMs / 1_000).toFixed(2);
    this.#crash('Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
    void this.#worker.terminate();
  }

  #crash(errorType: string, errorMessage: string): void {
    const wasAlive = this.#isAlive;
    this.#isAlive = false;
    this.#finish({ result: { ok: false, errorType, errorMessage }, spent: undefined });
    if (wasAlive) this.#options.onEnd();
  }

  #finish(outcome: Outcome): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }
}

function nameAndMessage(error: unknown): [string, string] {
  return error instanceof Error ? [error.name, error.message] : ['Error', String(error)];
}
