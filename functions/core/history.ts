/** Reading a room's messages, page by page in both directions. */
import { ChatError } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

import type { Caller } from './access.ts';
import type { StoredMessage } from './message.ts';
import type { ReceiptPorts } from './receipts.ts';

/** Messages between two seqs, both exclusive, at most `limit` from the named end. Ascending either way. */
export interface PageRange {
  readonly roomId: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  readonly from: 'oldest' | 'newest';
}

export interface HistoryPorts extends ReceiptPorts {
  readonly messages: ReceiptPorts['messages'] & {
    listPage: (range: PageRange) => Promise<StoredMessage[]>;
  };
}

export interface HistoryPage {
  readonly items: Message[];
  readonly hasMore: boolean;
  readonly changes: number;
}

/** `after`: ascending from after + 1. `before` or neither: the newest ones below it, ascending. @throws ChatError `not_found` */
export async function listMessages(
  _ports: HistoryPorts,
  _caller: Caller,
  _command: { roomId: string; after?: number; before?: number; limit: number },
): Promise<HistoryPage> {
  throw new ChatError('unsupported');
}
