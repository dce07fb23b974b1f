/** A device's socket from its opening to its end: the row that says it is live. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';

import {
  type GetSuspension,
  type RefuseSuspended,
  refuseSuspendedNow,
} from './accounts/suspension.ts';
import { type Caller, requireMember } from './access.ts';
import { type Connection, type FanOutPorts, liveOnes } from './fan-out.ts';
import type { Rules } from './product.ts';
import { toIso } from './room.ts';
import type { GetShop } from './vendor/shop.ts';

export interface KeepAlivePorts {
  readonly connections: {
    get: (
      key: Pick<Connection, 'member' | 'connectionId'>,
      options: { consistent: boolean },
    ) => Promise<Connection | null>;
    /** Moves the expiry (seconds) of a row that exists. @returns false where there is none */
    extend: (connection: Connection, expiresAt: number) => Promise<boolean>;
  };
  readonly now: () => number;
}

export interface ConnectPorts {
  readonly connections: FanOutPorts['connections'] & {
    put: (connection: Connection) => Promise<void>;
  };
  readonly profiles: {
    getShop: GetShop;
    /** Remembers the `vendor_name` of a token. */
    putTokenName: (vendor: Member, name: string) => Promise<void>;
    getSuspension: GetSuspension;
  };
  readonly refuseSuspended: RefuseSuspended;
  readonly close: (connectionId: string) => Promise<void>;
  readonly rules: Rules;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

const ROW_LIFETIME_MS = 15 * 60_000;
const EXTEND_UNDER_MS = 11 * 60_000;

/**
 * Makes a socket live, remembers what a vendor calls itself, and closes the user's oldest socket over the limit.
 * @throws ChatError `forbidden` for admins, `blocked`, `token_expired`
 */
export async function connect(
  ports: ConnectPorts,
  caller: Caller,
  command: { connectionId: string; agent?: string },
): Promise<void> {
  const member = requireMember(caller);
  // Spares whoever tries again and again the row.
  await ports.refuseSuspended(caller);
  const connection: Connection = {
    member,
    connectionId: command.connectionId,
    user: caller.user,
    ...(caller.device === undefined ? {} : { device: caller.device }),
    ...(command.agent === undefined ? {} : { agent: command.agent }),
    since: toIso(ports.now()),
    expiresAt: expiryOf(caller, ports.now()),
  };
  await ports.connections.put(connection);
  try {
    await rememberName(ports, caller, member);
    await closeOldest(ports, connection);
  } catch (error) {
    // The socket is live already; both are made good by the next connection.
    ports.report(error);
  }
  await confirm(ports, caller, connection);
}

/**
 * Either this look finds a suspension, or whoever suspends looks later and finds the row: none of two at once
 * leaves a socket that is pushed to.
 */
async function confirm(ports: ConnectPorts, caller: Caller, connection: Connection): Promise<void> {
  try {
    await refuseSuspendedNow(ports.profiles, caller);
  } catch (error) {
    await ports.connections.remove(connection);
    throw error;
  }
}

/** Seconds since 1970: a row never outlives the token, rounded up so that it covers it. */
function expiryOf(caller: Caller, nowMs: number): number {
  if (caller.expiresAtMs <= nowMs) throw new ChatError('token_expired');
  return Math.ceil(Math.min(nowMs + ROW_LIFETIME_MS, caller.expiresAtMs) / 1000);
}

/** Only shops: a customer's name is known where it opens its rooms. */
async function rememberName(ports: ConnectPorts, caller: Caller, member: Member): Promise<void> {
  if (caller.role !== 'vendor' || caller.vendorName === undefined) return;
  const before = await ports.profiles.getShop(member, { consistent: false });
  if (before?.tokenName === caller.vendorName) return;
  await ports.profiles.putTokenName(member, caller.vendorName);
}

async function closeOldest(ports: ConnectPorts, connection: Connection): Promise<void> {
  const rows = await ports.connections.list(connection.member, { consistent: true });
  const own = liveOnes(rows, ports.now())
    .filter((row) => row.user === connection.user && row.connectionId !== connection.connectionId)
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const surplus = own.length + 1 - ports.rules.limits.connectionsPerUser;
  for (const row of own.slice(0, Math.max(0, surplus))) {
    await ports.close(row.connectionId);
    await ports.connections.remove(row);
  }
}

/** Ends a socket's row; safe to repeat. */
export async function disconnect(
  ports: { connections: Pick<FanOutPorts['connections'], 'remove'> },
  caller: Caller,
  { connectionId }: { connectionId: string },
): Promise<void> {
  await ports.connections.remove({ member: requireMember(caller), connectionId });
}

/**
 * Extends the caller's socket when under 11 minutes remain: to now + 15 min, at most to the token's end.
 * Whoever remembers the answer need not ask again before `expiresAtMs` is under 11 minutes away.
 * @returns until when the row lives, or null where it is gone, so that the socket should be closed
 * @throws ChatError `token_expired`
 */
export async function keepAlive(
  ports: KeepAlivePorts,
  caller: Caller,
): Promise<{ expiresAtMs: number } | null> {
  const member = requireMember(caller);
  const expiresAt = expiryOf(caller, ports.now());
  const { connectionId } = caller;
  if (connectionId === undefined) return null;
  const row =
    (await ports.connections.get({ member, connectionId }, { consistent: false })) ??
    // The first frame of a socket may come before an eventually consistent read shows its row.
    (await ports.connections.get({ member, connectionId }, { consistent: true }));
  if (row === null) return null;
  const remainsMs = row.expiresAt * 1000 - ports.now();
  // Bounded by its token a row may be short-lived without there being anything to extend.
  if (remainsMs >= EXTEND_UNDER_MS || row.expiresAt >= expiresAt) {
    return { expiresAtMs: row.expiresAt * 1000 };
  }
  const extended = await ports.connections.extend(row, expiresAt);
  return extended ? { expiresAtMs: expiresAt * 1000 } : null;
}
