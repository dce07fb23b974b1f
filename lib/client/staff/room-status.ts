/** Closing rooms and opening them again. What I write goes first: a message that came later would open the room anew. */
import { ChatError } from '#protocol/errors.ts';
import type { RoomStatus } from '#protocol/room.ts';

import type { RoomState } from '../conversation.ts';
import type { KnownRooms } from '../lists/known-rooms.ts';
import type { Ports } from '../ports.ts';
import type { Retries } from '../retry.ts';
import type { Store } from '../store.ts';
import type { StaffRequests } from '../wire/staff-requests.ts';

/** How long a room waits for what is on its way from here. */
const SENDING_MS = 10_000;

export interface RoomStatusOptions {
  readonly requests: Pick<StaffRequests, 'updateRoom'>;
  readonly retries: Pick<Retries, 'run'>;
  readonly ports: Pick<Ports, 'after'>;
}

/** A room whose status changes, and where what comes of it is kept. */
export interface StatusChange {
  readonly room: Store<RoomState>;
  readonly rooms: Pick<KnownRooms, 'put'>;
  readonly status: RoomStatus;
}

/** Closes a room or opens it. @throws ChatError also when my own answer does not leave in time: nothing is closed then */
export async function changeStatus(
  { requests, retries, ports }: RoomStatusOptions,
  { room, rooms, status }: StatusChange,
): Promise<void> {
  if (status === 'closed') await whenSent(room, ports);
  const { roomId } = room.getState();
  rooms.put(await retries.run(() => requests.updateRoom(roomId, status)), true);
}

/** A failed message is not waited for: it goes out only when somebody says so. */
function whenSent(room: Store<RoomState>, ports: Pick<Ports, 'after'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stop();
      cancel();
      settle();
    };
    const look = () => {
      if (!isSending(room.getState())) end(resolve);
    };
    const stop = room.subscribe(look);
    const cancel = ports.after(SENDING_MS, () => end(() => reject(stillSending(room.getState()))));
    look();
  });
}

function isSending({ messages }: RoomState): boolean {
  return messages.some(({ status }) => status === 'sending');
}

function stillSending({ retryAt }: RoomState): ChatError {
  return new ChatError(retryAt === null ? 'unavailable' : 'rate_limited', {
    message: 'A message of yours is still on its way, and would open the room again.',
  });
}
