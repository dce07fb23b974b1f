/** The client of one user on one device: puts the parts together. */
import type { ChatClient, ChatOptions } from './chat.ts';

/**
 * A client that asks the network for nothing until it is used.
 * @throws Error when an address is not one
 */
export function createChatClient(options: ChatOptions): ChatClient {
  throw new Error(`Not built yet: ${options.api}`);
}
