/** Events for an application: what `on` hears. */
import type { ChatEvents } from './chat.ts';

type Listeners = {
  [Name in keyof ChatEvents]: Set<(event: ChatEvents[Name]) => void>;
};

/** Hands events to those who listen. */
export class Emitter {
  readonly #listeners: Listeners = {
    message: new Set(),
    sent: new Set(),
    failed: new Set(),
    updated: new Set(),
    rollback: new Set(),
    discontinuity: new Set(),
    room: new Set(),
    note: new Set(),
    noteRemoved: new Set(),
    error: new Set(),
  };

  /** @returns what ends the listening */
  readonly on = <Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): (() => void) => {
    const own = (event: ChatEvents[Name]) => listener(event);
    this.#listeners[name].add(own);
    return () => void this.#listeners[name].delete(own);
  };

  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    for (const listener of this.#listeners[name]) {
      try {
        listener(event);
      } catch (error) {
        // A listener's fault is the application's: it surfaces there and stops nothing here.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
