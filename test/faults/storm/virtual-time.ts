/** Time for thousands of clients at once: nothing waits, what is due runs in its order. */
import type { Clock } from '../../../lib/local/model.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that only `runUntil` moves. Timers are kept in a heap, for there are many. */
export class VirtualTime implements Clock {
  #nowMs = Date.parse('2026-11-30T12:00:00.000Z');
  #count = 0;
  readonly #heap: Timer[] = [];
  readonly #cancelled = new Set<number>();

  readonly now = (): number => this.#nowMs;

  readonly after = (delayMs: number, run: () => void): (() => void) => {
    this.#count += 1;
    const order = this.#count;
    this.#push({ dueMs: this.#nowMs + Math.max(0, delayMs), order, run });
    return () => void this.#cancelled.add(order);
  };

  /** Runs everything due until then; promises that can go on have gone on before the next timer. */
  async runUntil(endMs: number): Promise<void> {
    for (let next = this.#heap[0]; next && next.dueMs <= endMs; next = this.#heap[0]) {
      this.#pop();
      if (this.#cancelled.delete(next.order)) continue;
      this.#nowMs = next.dueMs;
      next.run();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    this.#nowMs = endMs;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (isBefore(heap[above], timer)) break;
      heap[at] = heap[above] ?? timer;
      at = above;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || !isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined) return false;
  if (b === undefined) return true;
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
