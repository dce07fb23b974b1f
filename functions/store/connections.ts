/** Live sockets, by member. */
import type { ConnectPorts, KeepAlivePorts } from '#core/connections.ts';

import type { Database } from './table.ts';

/** Everything the domain asks of `Connections`. */
export type ConnectionStore = ConnectPorts['connections'] & KeepAlivePorts['connections'];

export declare function connectionStore(db: Database): ConnectionStore;
