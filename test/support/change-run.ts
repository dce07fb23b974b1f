/** A room in which people change messages all at once: its tables' memory, its clients, and the stream behind it. */
import type { Caller } from '#core/access.ts';
import { deleteMessage } from '#core/changes/delete.ts';
import { editMessage } from '#core/changes/edit.ts';
import { react } from '#core/changes/react.ts';
import { settleChange } from '#core/changes/settle-change.ts';
import { listMessages } from '#core/history.ts';
import type { StoredMessage } from '#core/message.ts';
import type { StoredHead } from '#core/room.ts';
import { send } from '#core/send.ts';
import { settleRoom } from '#core/settle.ts';
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { aCustomer, aHead, aText, aVendor } from './builders.ts';
import { FakeTables } from './fake-store.ts';
import { type Fate, processOf } from './process.ts';

const { roomId } = aHead();
const callers = [aCustomer(), aVendor(), aVendor({ user: 'giorgi' })];
const HEALTHY: Fate = { diesAt: 99, losesAt: 99, lag: [0] };

/** Tables that remember what happened to them, in order. */
export class Recorded extends FakeTables {
  /** What the stream still has to bring. */
  readonly records: { kind: 'INSERT' | 'MODIFY'; seq: number }[] = [];
  /** Every version of every message. */
  readonly versions: StoredMessage[] = [];
  readonly events: ('change' | 'count')[] = [];

  override putMessage(message: StoredMessage): boolean {
    const isStored = super.putMessage(message);
    if (isStored) {
      this.records.push({ kind: 'INSERT', seq: message.seq });
      this.versions.push(message);
    }
    return isStored;
  }

  override replaceMessage(message: StoredMessage): boolean {
    const isStored = super.replaceMessage(message);
    if (isStored) {
      this.records.push({ kind: 'MODIFY', seq: message.seq });
      this.versions.push(message);
      this.events.push('change');
    }
    return isStored;
  }

  override putHead(head: StoredHead): void {
    const before = this.headOf(head.roomId);
    if (before !== null && head.changes < before.changes) throw new Error('It only grows.');
    if (head.changes > (before?.changes ?? 0)) this.events.push('count');
    super.putHead(head);
  }
}

/** What a client keeps, by the rules that the contract gives it. */
export class Mirror {
  readonly caller: Caller;
  readonly messages = new Map<number, Message>();
  /** The room's `changes` that it knows to be complete; null before its first page. */
  known: number | null = null;
  #told = 0;

  constructor(caller: Caller) {
    this.caller = caller;
  }

  take(frame: ServerFrame): void {
    if (frame.event !== 'message' && frame.event !== 'message.updated') return;
    this.#place(frame.message);
    if (frame.event === 'message') return;
    this.#told = Math.max(this.#told, frame.changes);
    if (this.known !== null && frame.changes === this.known + 1) this.known = frame.changes;
  }

  /** True where it has to read what it shows again. */
  get isBehind(): boolean {
    const last = Math.max(0, ...this.messages.keys());
    return this.known === null || this.#told > this.known || this.messages.size < last;
  }

  async read(ports: Parameters<typeof listMessages>[0]): Promise<void> {
    const page = await listMessages(ports, this.caller, { roomId, after: 0, limit: 100 });
    for (const message of page.items) this.#place(message);
    this.known = Math.max(this.known ?? 0, page.changes);
  }

  /** Of two states of a message the one with the higher version is the later. */
  #place(message: Message): void {
    const before = this.messages.get(message.seq);
    if (before !== undefined && (before.version ?? 0) >= (message.version ?? 0)) return;
    this.messages.set(message.seq, message);
  }

  list(): Message[] {
    return [...this.messages.values()].toSorted((a, b) => a.seq - b.seq);
  }
}

/** What one process does, by one of three callers, and what goes wrong in it. */
export type Act =
  | { kind: 'send' }
  | { kind: 'edit'; seq: number; text: string }
  | { kind: 'delete'; seq: number }
  | { kind: 'react'; seq: number; emoji: string; on: boolean };

export type Step = Fate & { caller: number; act: Act };

/** Everything that runs at once over one room: handlers, the stream, clients that listen and clients that were away. */
export class Run {
  readonly tables: Recorded;
  readonly live = { c: new Mirror(aCustomer()), v: new Mirror(aVendor()) };
  readonly acknowledged: { act: Act; caller: Caller; message: Message }[] = [];
  readonly #deliveries: Promise<void>[] = [];
  readonly #turn: () => Promise<void>;
  #isDone = false;

  constructor(tables: Recorded, turn: () => Promise<void>) {
    this.tables = tables;
    this.#turn = turn;
  }

  /** A process whose look-ups of connections work while it lives: without them a push is lost, which reconnecting mends. */
  #process(one: Fate) {
    const { life, step, ports } = processOf(this.tables, one, this.#turn);
    const list = async (member: Member) => {
      await step();
      return [...this.tables.rows.values()].filter((row) => row.member === member);
    };
    const push = async (id: string, frame: ServerFrame) => {
      await step();
      const client = id === 'c' ? this.live.c : this.live.v;
      this.#deliveries.push(this.#turn().then(() => client.take(frame)));
      return 'sent' as const;
    };
    return { life, ports: { ...ports, push, connections: { ...ports.connections, list } } };
  }

  async act({ act, caller: index, ...one }: Step): Promise<void> {
    const { life, ports } = this.#process(one);
    const caller = callers[index] ?? aCustomer();
    const work = () => {
      switch (act.kind) {
        case 'send':
          return send(ports, caller, { roomId, message: aText() }).then(({ message }) => message);
        case 'edit':
          return editMessage(ports, caller, { roomId, ...act });
        case 'delete':
          return deleteMessage(ports, caller, { roomId, ...act });
        case 'react':
          return react(ports, caller, { roomId, ...act });
      }
    };
    const message = await work().catch(() => null);
    if (message !== null && !life.dead) this.acknowledged.push({ act, caller, message });
  }

  /** The stream's consumer: record after record, each until it is done. */
  async consume(fates: readonly Fate[]): Promise<void> {
    let tries = 0;
    while (!this.#isDone || this.tables.records.length > 0) {
      const [record] = this.tables.records;
      if (record === undefined) {
        await this.#turn();
        continue;
      }
      const { life, ports } = this.#process(fates[tries] ?? HEALTHY);
      tries += 1;
      try {
        if (record.kind === 'MODIFY') await settleChange(ports, { roomId, seq: record.seq });
        else await settleRoom(ports, { roomId, newestSeq: record.seq });
        if (!life.dead) this.tables.records.shift();
      } catch {
        // Lambda brings the record again.
      }
    }
  }

  async read(client: Mirror): Promise<void> {
    await client.read(this.#process(HEALTHY).ports);
  }

  async all(steps: Step[], fates: Fate[], away: Mirror[]): Promise<void> {
    const consumer = this.consume(fates);
    await Promise.all([
      ...steps.map((one) => this.act(one)),
      ...[...away, ...Object.values(this.live)].map((client) => this.read(client)),
    ]);
    this.#isDone = true;
    await consumer;
    // Settling sends nothing new, so this is all there is.
    await Promise.all(this.#deliveries);
  }
}
