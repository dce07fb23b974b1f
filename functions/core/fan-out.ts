/** Pushing events to the live connections of members, each push isolated from the others. */
import type { Member } from '#protocol/ids.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Cause } from './access.ts';

/** A live socket of a member, as stored. `expiresAt` is in seconds, as DynamoDB's TTL wants it. */
export interface Connection {
  member: Member;
  connectionId: string;
  user: string;
  device?: string;
  agent?: string;
  /** When it opened, ISO 8601. */
  since: string;
  expiresAt: number;
}

/** What became of a push: taken, the connection is gone (410), or it cannot take it now (429, 5xx). */
export type PushOutcome = 'sent' | 'gone' | 'busy';

/** Pushes one frame to one connection; never throws for what the connection did. */
export type Push = (connectionId: string, frame: ServerFrame) => Promise<PushOutcome>;

export interface FanOutPorts {
  readonly connections: {
    /** The member's rows, live or not. */
    list: (member: Member, options: { consistent: boolean }) => Promise<Connection[]>;
    /** Safe to repeat. */
    remove: (connection: Pick<Connection, 'member' | 'connectionId'>) => Promise<void>;
  };
  readonly push: Push;
  /** Closes a connection from our side; one that is gone already is fine. */
  readonly close: (connectionId: string) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** What failed without changing the answer: it belongs in the log. */
  readonly report: (error: unknown) => void;
}

/** What a member's connections get, and which device caused it and so is skipped. */
export interface Delivery {
  readonly member: Member;
  readonly frames: readonly ServerFrame[];
  readonly skip?: Cause;
  /** The member's rows, where they were looked up meanwhile. */
  readonly rows?: readonly Connection[] | undefined;
}

/** Rows that were looked up for a fan-out to come, by their member; whose could not be read is not in it. */
export type LookedUp = ReadonlyMap<Member, readonly Connection[]>;

const MAX_PARALLEL_PUSHES = 32;
/** Where the gateway hangs, whoever has waited this long for its turn is left out: the answer has 15 s. */
const MAX_TURN_MS = 5_000;
/** What is full or throttled right now would be so at once again. */
const BUSY_PAUSE_MS = 100;
/** A connection answers 410 until its `$connect` has returned, so a young row is left alone. */
const YOUNG_ROW_MS = 30_000;

/**
 * Pushes each delivery to every live connection of its member.
 * @returns the members of whom at least one device took every frame
 */
export async function fanOut(
  ports: FanOutPorts,
  deliveries: readonly Delivery[],
): Promise<Set<Member>> {
  const rows = await Promise.all(deliveries.map((delivery) => receiversOf(ports, delivery)));
  const reached = new Set<Member>();
  let leftOut = 0;
  const endsAtMs = ports.now() + MAX_TURN_MS;
  await inParallel(rows.flat(), MAX_PARALLEL_PUSHES, async ({ connection, frames }) => {
    if (ports.now() > endsAtMs) leftOut += 1;
    else if (await pushAll(ports, connection, frames)) reached.add(connection.member);
  });
  // They see the gap with the next event, or when they reconnect.
  if (leftOut > 0)
    ports.report(new Error(`${leftOut} connections were left out of a slow fan-out.`));
  return reached;
}

interface Receiver {
  connection: Connection;
  frames: readonly ServerFrame[];
}

async function receiversOf(ports: FanOutPorts, delivery: Delivery): Promise<Receiver[]> {
  // The others still get theirs; who is missed fetches by `after`.
  const rows = delivery.rows ?? (await lookUp(ports, delivery.member)) ?? [];
  return liveOnes(rows, ports.now())
    .filter((connection) => !isCause(connection, delivery.skip))
    .map((connection) => ({ connection, frames: delivery.frames }));
}

/** A member's rows; null where they cannot be read. */
async function lookUp(ports: LookUpPorts, member: Member): Promise<Connection[] | null> {
  try {
    return await ports.connections.list(member, { consistent: false });
  } catch (error) {
    ports.report(error);
    return null;
  }
}

type LookUpPorts = Pick<FanOutPorts, 'connections' | 'report' | 'now'>;

/**
 * Whoever connects behind the look-up and reads the log before the commit would miss what is pushed. From a
 * row in the table to a page read through the gateway it takes longer than this.
 */
const MAX_LOOK_UP_AGE_MS = 50;

/** Looks up members' rows while something is stored that they are to be told, and once more where that took too long. */
export async function lookUpBeside<T>(
  ports: LookUpPorts,
  members: readonly Member[],
  work: Promise<T>,
): Promise<{ result: T; rows: LookedUp }> {
  const startedMs = ports.now();
  const [result, found] = await Promise.all([work, lookUpAll(ports, members)]);
  const isFresh = ports.now() - startedMs <= MAX_LOOK_UP_AGE_MS;
  return { result, rows: isFresh ? found : await lookUpAll(ports, members) };
}

async function lookUpAll(ports: LookUpPorts, members: readonly Member[]): Promise<LookedUp> {
  const found = await Promise.all(
    members.map(async (member) => [member, await lookUp(ports, member)] as const),
  );
  return new Map(found.flatMap(([member, rows]) => (rows === null ? [] : [[member, rows]])));
}

/** The connections that have not expired: TTL deletes late, days at worst. */
export function liveOnes(rows: readonly Connection[], nowMs: number): Connection[] {
  return rows.filter((row) => row.expiresAt * 1000 > nowMs);
}

function isCause(connection: Connection, skip: Delivery['skip']): boolean {
  if (skip === undefined) return false;
  if (skip.device !== undefined && connection.device === skip.device) return true;
  return connection.connectionId === skip.connectionId;
}

async function pushAll(
  ports: FanOutPorts,
  connection: Connection,
  frames: readonly ServerFrame[],
): Promise<boolean> {
  try {
    for (const frame of frames) {
      if (!(await pushOne(ports, connection, frame))) return false;
    }
    return true;
  } catch (error) {
    ports.report(error);
    return false;
  }
}

async function pushOne(
  ports: FanOutPorts,
  connection: Connection,
  frame: ServerFrame,
): Promise<boolean> {
  const { connectionId } = connection;
  let outcome = await ports.push(connectionId, frame);
  if (outcome === 'busy') {
    await ports.wait(BUSY_PAUSE_MS);
    outcome = await ports.push(connectionId, frame);
  }
  if (outcome === 'gone' && isOld(connection, ports.now())) {
    await ports.connections.remove(connection);
  }
  // Twice busy: closed, so that the device reconnects and is made whole.
  if (outcome === 'busy') await ports.close(connectionId);
  return outcome === 'sent';
}

function isOld(connection: Connection, nowMs: number): boolean {
  return nowMs - Date.parse(connection.since) > YOUNG_ROW_MS;
}

/** Runs `work` on every item, at most `limit` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
