/** A device's socket from its opening to its end: the row that says it is live. */
import { ChatError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';

import type { Caller } from './access.ts';
import type { Connection, FanOutPorts } from './fan-out.ts';
import type { Identity } from './open-room.ts';
import type { Rules } from './product.ts';

export interface KeepAlivePorts {
  readonly connections: {
    get: (member: Member, connectionId: string) => Promise<Connection | null>;
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
    getIdentity: (member: Member) => Promise<Identity | null>;
    putIdentity: (member: Member, identity: Identity) => Promise<void>;
  };
  readonly close: (connectionId: string) => Promise<void>;
  readonly rules: Rules;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/**
 * Makes a socket live, remembers what a vendor calls itself, and closes the user's oldest socket over the limit.
 * @throws ChatError `forbidden` for admins, `token_expired`
 */
export async function connect(
  _ports: ConnectPorts,
  _caller: Caller,
  _command: { connectionId: string; agent?: string },
): Promise<void> {
  throw new ChatError('unsupported');
}

/** Ends a socket's row; safe to repeat. */
export async function disconnect(
  _ports: {
    connections: { remove: (of: Pick<Connection, 'member' | 'connectionId'>) => Promise<void> };
  },
  _caller: Caller,
  _command: { connectionId: string },
): Promise<void> {
  throw new ChatError('unsupported');
}

/**
 * Extends the caller's socket when under 11 minutes remain: to now + 15 min, at most to the token's end.
 * For pings and typing; `send` and `markRead` need not be followed by it more than once a minute.
 * @returns false where the row is gone, so the socket should be closed
 * @throws ChatError `token_expired`
 */
export async function keepAlive(_ports: KeepAlivePorts, _caller: Caller): Promise<boolean> {
  throw new ChatError('unsupported');
}
