/** The caller's rooms as this client knows them: fetched, pushed, and changed by events. */
import type { Member } from '#protocol/ids.ts';
import type { Message } from '#protocol/message.ts';
import type { Mine, Room } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { roomWithMessage, roomWithPreview, roomWithRead, roomWithUpdate } from '../state/rooms.ts';
import { RoomHeads } from './room-heads.ts';

export interface KnownRoomsOptions {
  readonly requests: Pick<Requests, 'getRoom'>;
  readonly me: () => Member | null;
  readonly ports: Pick<Ports, 'now'>;
  /** A room is known anew or otherwise than before. */
  readonly onChange: (before: Room | undefined, after: Room) => void;
  /** An event named a room that is not known here. */
  readonly onStranger: (roomId: string) => void;
  /** An event brought a room that was not known here, or I read one elsewhere: no count of before is right. */
  readonly onUncounted?: () => void;
}

/** The rooms of one user, each by its id. */
export class KnownRooms {
  readonly #options: KnownRoomsOptions;
  readonly #heads: RoomHeads;
  readonly #fetching = new Map<string, Promise<Room>>();

  constructor(options: KnownRoomsOptions) {
    this.#options = options;
    this.#heads = new RoomHeads(options);
  }

  /** A room as last heard of. */
  get(roomId: string): Room | undefined {
    return this.#heads.get(roomId);
  }

  /** Asks for a room; one request at a time for each. @throws ChatError */
  fetch(roomId: string): Promise<Room> {
    const underway = this.#fetching.get(roomId);
    if (underway) return underway;
    const request = this.#options.requests
      .getRoom(roomId)
      .then((room) => this.put(room))
      .finally(() => this.#fetching.delete(roomId));
    this.#fetching.set(roomId, request);
    return request;
  }

  /** Takes over what the server says of a room (see `RoomHeads`). @returns the room as it is shown now */
  put(told: Room, isFirm = false): Room {
    return this.#heads.put(told, isFirm);
  }

  /** Shows marks of mine before the server knows of them. @returns what ends that */
  patch(roomId: string, patch: Partial<Mine>): () => void {
    return this.#heads.patch(roomId, patch);
  }

  /** A change of mine to a message is stored. */
  changed(message: Message): void {
    this.#heads.update(message.roomId, (room) => roomWithPreview(room, message));
  }

  /** Takes over what an event says. */
  apply(frame: ServerFrame): void {
    const me = this.#options.me();
    switch (frame.event) {
      case 'room':
        if (this.get(frame.room.roomId) === undefined) this.#options.onUncounted?.();
        this.put(frame.room, true);
        break;
      case 'message':
        this.#update(frame.message.roomId, (room) => roomWithMessage(room, frame.message, me));
        break;
      case 'message.updated':
        this.#update(frame.message.roomId, (room) =>
          roomWithUpdate(room, frame.message, frame.changes),
        );
        break;
      case 'read':
        // A mark of a room that nobody looks at is no reason to fetch it.
        if (this.#heads.update(frame.roomId, (room) => roomWithRead(room, frame, me))) break;
        if (frame.member === me) this.#options.onUncounted?.();
        break;
      case 'ack':
      case 'ok':
      case 'pong':
      case 'error':
      case 'typing':
      case 'presence':
      case 'note':
      case 'note.deleted':
      case 'focus':
      default:
    }
  }

  /** Forgets a room that is not the caller's any more. */
  drop(roomId: string): void {
    this.#heads.drop(roomId);
  }

  #update(roomId: string, change: (room: Room) => Room): void {
    // its head says all, this event included
    if (!this.#heads.update(roomId, change)) this.#options.onStranger(roomId);
  }
}
