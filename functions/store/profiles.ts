/** What is kept of a member: presence, how it calls itself, quotas. */
import type { ConnectPorts } from '#core/connections.ts';
import type { OpenRoomPorts } from '#core/open-room.ts';
import type { SettlePresencePorts } from '#core/presence.ts';

import type { Database } from './table.ts';

/** Everything the domain asks of `Profiles`. */
export type ProfileStore = ConnectPorts['profiles'] &
  OpenRoomPorts['profiles'] &
  SettlePresencePorts['profiles'];

export declare function profileStore(db: Database): ProfileStore;
