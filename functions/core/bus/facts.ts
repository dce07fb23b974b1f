/** Which events follow from what happened to the messages of a room. */
import type { BusEvent } from '#protocol/events.ts';

import { renderMessage, type StoredMessage } from '../message.ts';
import type { RoomAbout, StoredHead } from '../room.ts';
import { type Bus, keyOf } from './bus.ts';

/** A change of the log as its stream tells it. */
export interface LogChange {
  /** As it is after the change. */
  readonly message: StoredMessage;
  /** As it was before; null for a new one. */
  readonly before: StoredMessage | null;
  /** When it changed, ISO 8601. */
  readonly at: string;
  /** Names this change, the same each time it is told. */
  readonly version: string;
}

export interface FactPorts {
  readonly rooms: { getAbout: (roomId: string) => Promise<RoomAbout | null> };
  readonly bus: Bus;
}

/**
 * Publishes what changes of one room mean. Safe to repeat: each fact keeps its key and what it says.
 * @param command.changes of that room, oldest first
 * @returns how many events were published
 */
export async function publishFacts(
  { rooms, bus }: FactPorts,
  { head, changes }: { head: StoredHead; changes: readonly LogChange[] },
): Promise<number> {
  const isNew = changes.some(({ message, before }) => before === null && message.seq === 1);
  const needsAbout = isNew && bus.wants('room.created');
  const about = needsAbout ? await rooms.getAbout(head.roomId) : null;
  const events = changes
    .flatMap((change) => factsOf({ head, about }, change))
    .filter(({ type }) => bus.wants(type));
  await bus.publish(events);
  return events.length;
}

/** The events of one change, the room's before the message's. */
export function factsOf(
  room: { head: StoredHead; about: RoomAbout | null },
  change: LogChange,
): BusEvent[] {
  const { head } = room;
  const { message, before } = change;
  const rendered = renderMessage(message, outsiderTo(head, message));
  const { roomId, seq, at } = message;
  const base = { version: 1, roomId, customer: head.customer, vendor: head.vendor } as const;
  if (before !== null) {
    // A rewrite that nobody can see is no news.
    const old = renderMessage(before, outsiderTo(head, before));
    if (JSON.stringify(old) === JSON.stringify(rendered)) return [];
    const key = keyOf('message.updated', message, change.version);
    const detail = { ...base, key, at: change.at, message: rendered, changes: head.changes };
    return [{ type: 'message.updated', detail }];
  }
  const events: BusEvent[] = [];
  if (seq === 1) {
    const product = room.about?.product;
    const key = keyOf('room.created', message);
    events.push({
      type: 'room.created',
      detail: { ...base, key, at, ...(product === undefined ? {} : { product }) },
    });
  }
  const key = keyOf('message.created', message);
  events.push({ type: 'message.created', detail: { ...base, key, at, message: rendered } });
  if (message.system?.event === 'closed') {
    const detail = { ...base, key: keyOf('room.closed', message), at, seq };
    events.push({ type: 'room.closed', detail });
  }
  return events;
}

/** Whoever is not its sender: who of the staff wrote is nobody's business outside. */
function outsiderTo(head: StoredHead, { sender }: StoredMessage) {
  return sender === head.customer ? head.vendor : head.customer;
}
