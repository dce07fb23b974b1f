/** A process beside the stack's own, so that what it does is not on the stack's account. It follows orders over IPC. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { LoadOptions, LoadResult } from '../../bin/load.ts';

/** What a child can be told to do. Functions do not travel. */
export type Order =
  | { readonly kind: 'load'; readonly options: Omit<LoadOptions, 'onReady' | 'onHeard'> }
  | { readonly kind: 'open'; readonly socketUrl: string; readonly tokens: readonly string[] }
  | { readonly kind: 'close' };

/** What a child says: on its way, it waits for a `go`. */
export type Report =
  | { readonly kind: 'ready' | 'heard' | 'done' }
  | { readonly kind: 'result'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly reason: string };

/** What happens here at the child's two marks. */
export interface Marks {
  ready(): Promise<void>;
  heard(): Promise<void>;
}

export class Child {
  readonly #process: ChildProcess;

  constructor() {
    this.#process = fork(path.join(import.meta.dirname, 'child-main.ts'));
  }

  /** Runs one load; `marks` are passed between. */
  async load(options: LoadOptions, marks?: Marks): Promise<LoadResult> {
    this.#process.send({ kind: 'load', options } satisfies Order);
    for (;;) {
      const report = await this.#hear();
      if (report.kind === 'result') return report.result;
      if (report.kind === 'ready') await marks?.ready();
      if (report.kind === 'heard') await marks?.heard();
      this.#process.send('go');
    }
  }

  /** Opens a socket per token, or closes them all. */
  async order(order: Exclude<Order, { kind: 'load' }>): Promise<void> {
    this.#process.send(order);
    await this.#hear();
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }

  async #hear(): Promise<Report> {
    const [report] = (await once(this.#process, 'message')) as [Report];
    if (report.kind === 'failed') throw new Error(`The child failed: ${report.reason}`);
    return report;
  }
}
