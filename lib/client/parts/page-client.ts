/** The client of a page with lists: whole, but with the code for changes and files fetched when it is first wanted. */
import type { ChatClient, ChatOptions } from '../chat.ts';
import { createClient } from '../client.ts';
import { lateAddresses, lateChanges, lateUploads } from './late.ts';
import { createLists } from './lists.ts';
import type { ClientParts } from './parts.ts';
import { createStaff } from './staff.ts';

const PAGE: ClientParts = {
  makeChanges: (options) =>
    lateChanges(async () => new (await import('../room/changes.ts')).RoomChanges(options)),
  makeLists: createLists,
  makeAddresses: (options) =>
    lateAddresses(async () => new (await import('../uploads/addresses.ts')).Addresses(options)),
  makeUploads: (options) =>
    lateUploads(options, async () => (await import('../uploads/uploads.ts')).Uploads),
  makeStaff: createStaff,
};

/**
 * As `createChatClient`, for a page whose first load is weighed.
 * @throws Error when an address is not one
 */
export function createPageClient(options: ChatOptions): ChatClient {
  return createClient(options, PAGE);
}
