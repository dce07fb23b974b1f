/** The whole client: everything that customers and staff do, at hand from the beginning. */
import type { ChatClient, ChatOptions } from './chat.ts';
import { createClient } from './client.ts';
import { createLists } from './parts/lists.ts';
import type { ClientParts } from './parts/parts.ts';
import { createStaff } from './parts/staff.ts';
import { RoomChanges } from './room/changes.ts';
import { Addresses } from './uploads/addresses.ts';
import { Uploads } from './uploads/uploads.ts';

const WHOLE: ClientParts = {
  makeChanges: (options) => new RoomChanges(options),
  makeLists: createLists,
  makeAddresses: (options) => new Addresses(options),
  makeUploads: (options) => new Uploads(options),
  makeStaff: createStaff,
};

/**
 * A client that asks the network for nothing until it is used.
 * @throws Error when an address is not one
 */
export function createChatClient(options: ChatOptions): ChatClient {
  return createClient(options, WHOLE);
}
