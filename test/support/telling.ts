/** The queue of reminders and the bus in memory: what was put there, and failures by order. */
import type { Bus } from '#core/bus/bus.ts';
import type { QueueReminder, Reminder, RemindAfter } from '#core/reminders/reminder.ts';
import { BUS_EVENTS, type BusEvent, type BusEventType } from '#protocol/events.ts';
import { parse } from '#protocol/parse.ts';

/** Both, each failing once for every `true` in its list. */
export class Telling {
  readonly queued: { readonly reminder: Reminder; readonly delaySeconds: number }[] = [];
  readonly published: BusEvent[] = [];
  readonly failures: ('queue' | 'bus')[] = [];
  wanted: readonly BusEventType[] = Object.keys(BUS_EVENTS) as BusEventType[];
  remindAfter: RemindAfter = { unread: 5 * 60_000, waiting: 60 * 60_000 };

  readonly queueReminder: QueueReminder = async (reminder, delaySeconds) => {
    this.#failIfTold('queue');
    this.queued.push({ reminder, delaySeconds });
  };

  readonly bus: Bus = {
    wants: (type) => this.wanted.includes(type),
    publish: async (events) => {
      this.#failIfTold('bus');
      this.published.push(...events.filter(({ type }) => this.wanted.includes(type)));
    },
  };

  /** Ports of whoever tells. */
  ports() {
    const { queueReminder, bus, remindAfter } = this;
    return { queueReminder, bus, remindAfter };
  }

  /** The types of what is on the bus. */
  types(): BusEventType[] {
    return this.published.map(({ type }) => type);
  }

  #failIfTold(part: 'queue' | 'bus'): void {
    const at = this.failures.indexOf(part);
    if (at === -1) return;
    this.failures.splice(at, 1);
    throw new Error(`The ${part} does not answer.`);
  }
}

/** An event's detail as its schema reads it: nothing in it is unknown, or it differs from the event's own. */
export function parsedDetail({ type, detail }: BusEvent): unknown {
  return parse(BUS_EVENTS[type], detail);
}
