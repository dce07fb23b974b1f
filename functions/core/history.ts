/** Reading a room's messages, page by page in both directions. */
import type { Message } from '#protocol/message.ts';

import { type Caller, enterRoom } from './access.ts';
import { renderMessage, type StoredMessage } from './message.ts';
import { raiseMarks, type ReceiptPorts } from './receipts.ts';

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
    /** Read consistently: what was acknowledged is there. */
    listPage: (range: PageRange) => Promise<StoredMessage[]>;
  };
}

export interface HistoryPage {
  readonly items: Message[];
  readonly hasMore: boolean;
  readonly changes: number;
}

export interface HistoryCommand {
  readonly roomId: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

/**
 * A page of messages. `after`: ascending from after + 1; `before` or neither: the newest ones below it, ascending.
 * What a page brings to a device of the caller counts as delivered.
 * @throws ChatError `not_found`
 */
export async function listMessages(
  ports: HistoryPorts,
  caller: Caller,
  command: HistoryCommand,
): Promise<HistoryPage> {
  // Before the messages: what they show then has every change in it that `changes` counts.
  const entered = await enterRoom(ports.rooms, caller, command.roomId);
  const { head, member, side } = entered;
  const from = command.after === undefined ? 'newest' : 'oldest';
  // One more than asked for tells whether there is more.
  const found = await ports.messages.listPage({ ...command, from, limit: command.limit + 1 });
  const hasMore = found.length > command.limit;
  const page = hasMore && from === 'newest' ? found.slice(1) : found.slice(0, command.limit);
  const newest = page.at(-1)?.seq ?? 0;
  try {
    const marks = { delivered: { [side]: newest } };
    await raiseMarks(ports, { ...entered, caller, marks });
  } catch (error) {
    // A page that was read is worth more than a mark.
    ports.report(error);
  }
  const items = page.map((message) => renderMessage(message, member));
  return { items, hasMore, changes: head.changes };
}
