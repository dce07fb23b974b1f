/** The event buses: what was put on them, as EventBridge delivers it, kept for a while to be looked at, and handed to the rules. */
import type { Json } from '../json.ts';
import type { BusModel, RuleModel, RuleTarget } from '../model.ts';
import { passesFilters } from '../streams/filter.ts';

/** An event as EventBridge delivers it. */
export interface DeliveredEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** `2026-11-22T16:05:47Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Json;
}

/** What lies on the buses. */
export interface EventLog {
  /** The latest thousand, oldest first; only what came after the event of that id, where it is still there. */
  list(afterId?: string): readonly DeliveredEvent[];
  /** Calls back for each event from now on. The returned function ends that. */
  subscribe(listener: (event: DeliveredEvent) => void): () => void;
}

/** The buses of a deployment. */
export interface EventBuses extends EventLog {
  /** The bus by its name or its ARN; the account's own is called `default`. */
  find(nameOrArn: string): string | undefined;
  deliver(busName: string, event: DeliveredEvent): void;
}

/** What the buses are made of. */
export interface EventBusesOptions {
  readonly buses: readonly BusModel[];
  readonly rules: readonly RuleModel[];
  /** Hands an event on to a rule's target. */
  readonly send: (target: RuleTarget, event: DeliveredEvent) => void;
}

const MAX_KEPT = 1_000;
const DEFAULT_BUS = 'default';

/** Builds the buses, empty. */
export function createEventBuses({ buses, rules, send }: EventBusesOptions): EventBuses {
  const kept: DeliveredEvent[] = [];
  const listeners = new Set<(event: DeliveredEvent) => void>();
  return {
    find(nameOrArn) {
      if (nameOrArn === '' || nameOrArn === DEFAULT_BUS) return DEFAULT_BUS;
      const found = buses.find(({ busName, arn }) => busName === nameOrArn || arn === nameOrArn);
      return found?.busName;
    },
    deliver(busName, event) {
      kept.push(event);
      if (kept.length > MAX_KEPT) kept.shift();
      for (const listener of listeners) listener(event);
      for (const rule of rules) {
        if (rule.busName !== busName || !passesFilters(event, [rule.pattern])) continue;
        for (const target of rule.targets) send(target, event);
      }
    },
    list: (afterId) => kept.slice(kept.findIndex(({ id }) => id === afterId) + 1),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
