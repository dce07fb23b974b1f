/** The deployment's event bus, as the domain uses it. */
import type { BusEvent, BusEventType } from '#protocol/events.ts';

/** Where events go for the marketplace's own mails, pushes and statistics. */
export interface Bus {
  /** True for events that the deployment wants; others cost it money for nothing. */
  readonly wants: (type: BusEventType) => boolean;
  /** Puts events on the bus; those that are not wanted are dropped. Throws where one was not taken; others may come twice then. */
  readonly publish: (events: readonly BusEvent[]) => Promise<void>;
}

/** Names one version of one fact: whoever has seen a key skips it. */
export function keyOf(
  type: BusEventType,
  { roomId, seq }: { roomId: string; seq: number },
  version?: string,
): string {
  return [type, roomId, seq, ...(version === undefined ? [] : [version])].join('#');
}
