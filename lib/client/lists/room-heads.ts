/** The heads of the caller's rooms: what the server and its events say, and what my side changed and nobody confirmed yet. */
import type { Member } from '#protocol/ids.ts';
import type { Mine, Room } from '#protocol/room.ts';

import type { Ports } from '../ports.ts';
import { newerRoom } from '../state/rooms.ts';

/** A page or an answer read from a copy that lags may show older marks of mine for so long. */
const FIRM_MS = 5_000;

export interface RoomHeadsOptions {
  readonly me: () => Member | null;
  readonly ports: Pick<Ports, 'now'>;
  /** A room looks otherwise than before; `before` is undefined for one that is new here. */
  readonly onChange: (before: Room | undefined, after: Room) => void;
}

/** The rooms of one user. */
export class RoomHeads {
  readonly #options: RoomHeadsOptions;
  /** As the server says. */
  readonly #told = new Map<string, Room>();
  /** With what waits to be confirmed. */
  readonly #shown = new Map<string, Room>();
  readonly #patches = new Map<string, readonly Partial<Mine>[]>();
  readonly #firmUntilMs = new Map<string, number>();

  constructor(options: RoomHeadsOptions) {
    this.#options = options;
  }

  /** A room as it is shown. */
  get(roomId: string): Room | undefined {
    return this.#shown.get(roomId);
  }

  /**
   * Takes over what the server says of a room.
   * @param isFirm its answer to a change, or an event: marks of mine in it are not older than what is known
   * @returns the room as it is shown now
   */
  put(told: Room, isFirm: boolean): Room {
    const { me, ports } = this.#options;
    const known = this.#told.get(told.roomId);
    const nowMs = ports.now();
    if (isFirm) this.#firmUntilMs.set(told.roomId, nowMs + FIRM_MS);
    const keepsMine = !isFirm && nowMs < (this.#firmUntilMs.get(told.roomId) ?? 0);
    const newer = newerRoom(known, told, me());
    const mine = keepsMine && known ? known.mine : isFirm ? told.mine : newer.mine;
    const next = mine === newer.mine ? newer : { ...newer, mine };
    return this.#set(known && isSame(known, next) ? known : next);
  }

  /** Changes a room by an event. @returns whether it is known here */
  update(roomId: string, change: (room: Room) => Room): boolean {
    const known = this.#told.get(roomId);
    if (known === undefined) return false;
    const next = change(known);
    if (next !== known) this.#set(next);
    return true;
  }

  /** Shows marks of mine before the server knows of them. @returns what ends that */
  patch(roomId: string, patch: Partial<Mine>): () => void {
    // An object of its own: the same patch twice is two.
    const own = { ...patch };
    this.#patches.set(roomId, [...this.#patchesOf(roomId), own]);
    this.#show(roomId);
    return () => {
      const left = this.#patchesOf(roomId).filter((other) => other !== own);
      if (left.length === 0) this.#patches.delete(roomId);
      else this.#patches.set(roomId, left);
      this.#show(roomId);
    };
  }

  /** Forgets a room that is not the caller's any more. */
  drop(roomId: string): void {
    this.#told.delete(roomId);
    this.#shown.delete(roomId);
  }

  #set(room: Room): Room {
    this.#told.set(room.roomId, room);
    this.#show(room.roomId);
    return this.#shown.get(room.roomId) ?? room;
  }

  #show(roomId: string): void {
    const told = this.#told.get(roomId);
    const before = this.#shown.get(roomId);
    if (told === undefined) return;
    const patches = this.#patchesOf(roomId);
    const room =
      patches.length === 0 ? told : { ...told, mine: Object.assign({}, told.mine, ...patches) };
    if (room === before) return;
    this.#shown.set(roomId, room);
    this.#options.onChange(before, room);
  }

  #patchesOf(roomId: string): readonly Partial<Mine>[] {
    return this.#patches.get(roomId) ?? [];
  }
}

/** A page that is fetched again mostly says what is known: the same object moves no row, and draws none. */
function isSame(known: Room, told: Room): boolean {
  return JSON.stringify(known) === JSON.stringify(told);
}
