/** Sending: one conditional put is the commit, and a retry finds its twin wherever it landed. */
import { ChatError } from '#protocol/errors.ts';
import type { Message, OutgoingMessage } from '#protocol/message.ts';

import type { Caller, GetHead } from './access.ts';
import type { FanOutPorts } from './fan-out.ts';
import type { StoredMessage } from './message.ts';
import type { Rules } from './product.ts';
import type { RoomAbout } from './room.ts';
import type { ChangeHead } from './summary.ts';

/** Which messages of a room, ascending, exclusive of `after`, up to and including `through`. */
export interface MessageRange {
  readonly roomId: string;
  readonly after: number;
  readonly through?: number;
}

export interface SendPorts extends FanOutPorts {
  readonly rooms: {
    getHead: GetHead;
    changeHead: ChangeHead;
    getAbout: (roomId: string) => Promise<RoomAbout | null>;
    putAbout: (about: RoomAbout) => Promise<void>;
  };
  readonly messages: {
    /** Stores a message where none is. @returns false where one is */
    put: (message: StoredMessage) => Promise<boolean>;
    /** All messages of a range, read consistently. */
    listRange: (range: MessageRange) => Promise<StoredMessage[]>;
  };
  readonly rules: Rules;
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export interface SendCommand {
  readonly roomId: string;
  /** The last seq the client had when it first tried this id; kept on retries. */
  readonly after?: number;
  readonly message: OutgoingMessage;
}

export interface SendResult {
  /** As the caller reads it. */
  readonly message: Message;
  /** False for a retry, which is answered with what is stored. */
  readonly isNew: boolean;
  /** A device of another member took it; absent on a retry. */
  readonly delivered?: boolean;
}

/**
 * Stores a message once, however often and concurrently it is tried, and tells the members.
 * @throws ChatError `not_found`, `invalid`, `unsupported`, `behind`, `conflict`, `rate_limited`, `unavailable`
 */
export async function send(
  _ports: SendPorts,
  _caller: Caller,
  _command: SendCommand,
): Promise<SendResult> {
  throw new ChatError('unsupported');
}
