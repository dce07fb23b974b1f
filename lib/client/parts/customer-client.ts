/** The client of a customer: small, because a shop's page waits for it. */
import type { ChatClient, ChatOptions } from '../chat.ts';
import { createClient } from '../client.ts';
import { lateAddresses, lateChanges, lateUploads } from './late.ts';
import { createNoLists } from './no-lists.ts';
import { createNoStaff } from './no-staff.ts';
import type { ClientParts } from './parts.ts';

const CUSTOMER: ClientParts = {
  makeChanges: (options) =>
    lateChanges(async () => new (await import('../room/changes.ts')).RoomChanges(options)),
  makeLists: createNoLists,
  makeAddresses: (options) =>
    lateAddresses(async () => new (await import('../uploads/addresses.ts')).Addresses(options)),
  makeUploads: (options) =>
    lateUploads(options, async () => (await import('../uploads/uploads.ts')).Uploads),
  makeStaff: createNoStaff,
};

/**
 * As `createChatClient`, without lists and without what only staff have; the code for changes and files is fetched when it is first wanted.
 * @throws Error when an address is not one
 */
export function createCustomerClient(options: ChatOptions): ChatClient {
  return createClient(options, CUSTOMER);
}
