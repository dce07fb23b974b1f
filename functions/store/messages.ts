/** The message log: one item per message, numbered without a gap. */
import type { HistoryPorts } from '#core/history.ts';
import type { SendPorts } from '#core/send.ts';

import type { Database } from './table.ts';

/** Everything the domain asks of `Messages`. */
export type MessageStore = SendPorts['messages'] & HistoryPorts['messages'];

export declare function messageStore(db: Database): MessageStore;
