/** Absences under any order of events: who stays away is told once of each, and nobody who has read or is there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { listMessages } from '#core/history.ts';
import { markRead } from '#core/receipts.ts';
import { queueReminders } from '#core/reminders/queue.ts';
import type { Reminder } from '#core/reminders/reminder.ts';
import { type Outcome, remind } from '#core/reminders/remind.ts';
import { send } from '#core/send.ts';

import {
  aConnection,
  aCustomer,
  aHead,
  aText,
  aVendor,
  CUSTOMER,
  rulesWith,
  VENDOR,
} from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';
import { Telling } from '../../support/telling.ts';

const { roomId } = aHead();
const HOUR_MS = 3_600_000;

/** A vendor's comings and goings, and what the stream and the queue make of them. */
class Scene {
  readonly tables = new FakeTables();
  readonly world = new World();
  readonly telling = new Telling();
  readonly ports = {
    ...portsOver(fakeStore(this.tables), this.world, rulesWith({ messagesPer10Seconds: 100_000 })),
    ...this.telling.ports(),
  };
  readonly queue: { reminder: Reminder; atMs: number }[] = [];
  /** Told though the vendor was there, or had read. */
  readonly wrongly: Reminder[] = [];
  #streamed = 0;

  constructor() {
    this.tables.putHead(aHead());
  }

  get head() {
    return this.tables.headOf(roomId) ?? aHead();
  }

  async say(by = aCustomer()): Promise<void> {
    this.world.nowMs += 1;
    await send(this.ports, by, { roomId, after: this.head.seq, message: aText() });
  }

  come(): void {
    const expiresAt = this.world.nowMs / 1000 + 900_000;
    this.tables.putRow(aConnection({ member: VENDOR, connectionId: 'v=', expiresAt }));
  }

  leave(): void {
    this.tables.rows.clear();
  }

  async fetch(): Promise<void> {
    const after = this.head.read.vendor;
    await listMessages(this.ports, aVendor(), { roomId, after, limit: 1_000 });
  }

  /** The stream brings what is new, sometimes from further back than it had come. */
  async stream(repeated: number): Promise<void> {
    const from = Math.max(0, this.#streamed - repeated);
    const messages = this.tables.logOf(roomId).filter(({ seq }) => seq > from);
    if (messages.length > 0) await queueReminders(this.ports, { head: this.head, messages });
    this.#streamed = Math.max(this.#streamed, messages.at(-1)?.seq ?? 0);
    this.#takeQueued();
  }

  /** Time passes, and the queue hands out what has waited long enough, each thing twice where told so. */
  async pass(ms: number, twice = false): Promise<void> {
    const endMs = this.world.nowMs + ms;
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.queue.splice(this.queue.indexOf(next), 1);
      this.world.nowMs = Math.max(this.world.nowMs, next.atMs);
      const outcome = await this.#remind(next.reminder);
      // A double of what goes back would double at each turn, which a queue does not do.
      if (twice && outcome !== 'later') await this.#remind(next.reminder);
    }
    this.world.nowMs = endMs;
  }

  async #remind(reminder: Reminder): Promise<Outcome> {
    const outcome = await remind(this.ports, reminder);
    if (outcome === 'told' && reminder.kind === 'unread' && reminder.side === 'vendor') {
      const isThere = this.tables.rows.size > 0;
      if (isThere || this.head.read.vendor >= reminder.seq) this.wrongly.push(reminder);
    }
    this.#takeQueued();
    return outcome;
  }

  #next(endMs: number) {
    return this.queue.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  }

  #takeQueued(): void {
    for (const { reminder, delaySeconds } of this.telling.queued.splice(0)) {
      this.queue.push({ reminder, atMs: this.world.nowMs + delaySeconds * 1_000 });
    }
  }
}

type Step = (scene: Scene) => Promise<void> | void;

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>((scene) => scene.say()) },
    fc.constant<Step>((scene) => scene.say(aVendor())),
    fc.constant<Step>((scene) => scene.come()),
    { weight: 2, arbitrary: fc.constant<Step>((scene) => scene.leave()) },
    fc.constant<Step>((scene) => scene.fetch()),
    fc.constant<Step>((scene) => markRead(scene.ports, aVendor(), { roomId, seq: scene.head.seq })),
    { weight: 3, arbitrary: fc.nat(3).map<Step>((back) => (scene) => scene.stream(back)) },
    fc.tuple(fc.nat(2 * HOUR_MS), fc.boolean()).map<Step>(
      ([ms, twice]) =>
        (scene) =>
          scene.pass(ms, twice),
    ),
  ),
  { maxLength: 40 },
);

describe('whatever happens in whatever order', () => {
  it('who is away in the end was told of the absence it is in, and of none twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const scene = new Scene();
        for (const step of taken) await step(scene);
        scene.leave();
        await scene.stream(0);
        await scene.pass(72 * HOUR_MS);
        expect([scene.queue, scene.wrongly]).toEqual([[], []]);

        const keys = scene.telling.published.map(({ detail }) => detail.key);
        expect(new Set(keys).size).toBe(keys.length);
        const { read, delivered } = scene.head;
        const reached = Math.max(read.vendor, delivered.vendor);
        const missed = scene.tables
          .logOf(roomId)
          .find(({ seq, sender }) => seq > reached && sender === CUSTOMER);
        const owed = missed === undefined ? [] : [`member.unread#${roomId}#${missed.seq}`];
        expect(owed.filter((key) => !keys.includes(key))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
