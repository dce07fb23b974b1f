/** Suspension: who is shut out, how an environment knows it, and the end of the sockets that are open. */
import type { Suspension } from '#protocol/admin/suspension.ts';
import { ChatError } from '#protocol/errors.ts';
import { type Member, roleOfMember } from '#protocol/ids.ts';

import { type Caller, requireAdmin } from '../access.ts';
import { type Connection, type FanOutPorts, inParallel } from '../fan-out.ts';
import { toIso } from '../room.ts';

/** Who can be suspended: a side, or where `user` is not null one person of a shop's staff. */
export type Account = Pick<Suspension, 'member' | 'user'>;

/** The last decision about an account, or null where there has been none. */
export type GetSuspension = (
  account: Account,
  options: { consistent: boolean },
) => Promise<Suspension | null>;

/** @throws ChatError `blocked` where the caller's side or the caller is suspended */
export type RefuseSuspended = (caller: Caller) => Promise<void>;

/** A customer is one account; of a shop the whole can be suspended, or the person. Admins cannot be. */
function accountsOf({ member, user }: Caller): Account[] {
  if (member === null) return [];
  const side = { member, user: null };
  return roleOfMember(member) === 'vendor' ? [side, { member, user }] : [side];
}

/** Asks the table itself. @throws ChatError `blocked` */
export async function refuseSuspendedNow(
  { getSuspension }: { getSuspension: GetSuspension },
  caller: Caller,
): Promise<void> {
  const found = await Promise.all(
    accountsOf(caller).map((account) => getSuspension(account, { consistent: true })),
  );
  refuseAny(found);
}

/** Within this a suspension holds everywhere. In a burst one read of an account serves all its messages. */
export const SUSPENSION_MEMORY_MS = 10_000;
const MAX_REMEMBERED = 1_000;

/** Remembers accounts for a moment. What fails is not remembered; who asks at once shares one read. */
export function rememberSuspensions(
  getSuspension: GetSuspension,
  now: () => number,
): RefuseSuspended {
  const known = new Map<string, { found: Promise<Suspension | null>; untilMs: number }>();
  const recall = (account: Account): Promise<Suspension | null> => {
    const key = JSON.stringify([account.member, account.user]);
    const entry = known.get(key);
    if (entry !== undefined && entry.untilMs > now()) return entry.found;
    const found = getSuspension(account, { consistent: false });
    const fresh = { found, untilMs: now() + SUSPENSION_MEMORY_MS };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(key, fresh);
    found.catch(() => {
      if (known.get(key) === fresh) known.delete(key);
    });
    return found;
  };
  return async (caller) => refuseAny(await Promise.all(accountsOf(caller).map(recall)));
}

function refuseAny(found: readonly (Suspension | null)[]): void {
  if (found.some((one) => one?.suspended === true)) throw new ChatError('blocked');
}

export interface SuspendPorts extends Pick<FanOutPorts, 'connections' | 'close' | 'now' | 'wait'> {
  readonly profiles: { putSuspension: (suspension: Suspension) => Promise<void> };
}

export interface SuspendCommand {
  readonly member: Member;
  readonly user?: string;
  readonly suspended: boolean;
  readonly reason?: string;
}

/**
 * Suspends an account and ends its sockets, or reinstates it. Safe to repeat; the last decision stands.
 * @throws ChatError `forbidden` for all but admins, `invalid` for a user who is not of a shop
 */
export async function suspend(
  ports: SuspendPorts,
  caller: Caller,
  { member, user, suspended, reason }: SuspendCommand,
): Promise<Suspension> {
  requireAdmin(caller);
  if (user !== undefined && roleOfMember(member) !== 'vendor') {
    const message = 'goes with a shop only: a customer is one person';
    throw new ChatError('invalid', { errors: [{ path: 'user', message }] });
  }
  const suspension: Suspension = {
    member,
    user: user ?? null,
    suspended,
    reason: reason || null,
    by: caller.user,
    at: toIso(ports.now()),
  };
  await ports.profiles.putSuspension(suspension);
  if (suspended) await endSockets(ports, suspension);
  return suspension;
}

const MAX_PARALLEL_CLOSES = 32;
/** A handshake takes less than this; until it is over, its socket cannot be closed. */
const HANDSHAKE_MS = 2_000;

/**
 * Removes the rows, so that nothing is pushed any more, and closes what they stood for. A socket whose row
 * comes after this look finds the suspension: `connect` asks once its row is there.
 */
async function endSockets(ports: SuspendPorts, { member, user }: Account): Promise<void> {
  const isYoung = ({ since }: Connection) => ports.now() - Date.parse(since) < HANDSHAKE_MS;
  const young: Connection[] = [];
  for (;;) {
    const rows = await ports.connections.list(member, { consistent: true });
    const own = rows.filter((row) => user === null || row.user === user);
    if (own.length === 0) break;
    young.push(...own.filter(isYoung));
    await inParallel(own, MAX_PARALLEL_CLOSES, async (row) => {
      await ports.connections.remove(row);
      await ports.close(row.connectionId);
    });
  }
  if (young.length === 0) return;
  await ports.wait(HANDSHAKE_MS);
  await inParallel(young, MAX_PARALLEL_CLOSES, ({ connectionId }) => ports.close(connectionId));
}
