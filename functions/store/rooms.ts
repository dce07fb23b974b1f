/** Rooms: heads and what they are about, and the three lists. */
import type { ListPorts } from '#core/lists.ts';
import type { OpenRoomPorts } from '#core/open-room.ts';
import type { SendPorts } from '#core/send.ts';

import type { Database } from './table.ts';

/** Everything the domain asks of `Rooms`. */
export type RoomStore = SendPorts['rooms'] & OpenRoomPorts['rooms'] & ListPorts['rooms'];

export declare function roomStore(db: Database): RoomStore;
