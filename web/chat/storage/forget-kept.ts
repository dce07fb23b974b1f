/** What this browser keeps under a person's name, such as drafts and the emoji they like: taken away at once. */
import { flagUnsent, unsentOf } from './unsent-flag.ts';
import { namesIn } from './names-in.ts';

/** @param start how the names of all that begin, such as `${scope}/`. A storage that is forbidden kept nothing either. */
export function forgetKept(start: string, storage: () => Storage = () => localStorage): void {
  for (const name of namesIn(storage, start)) storage().removeItem(name);
}

/** The database of what is unsent, and the word of it. @param name as the client names its outbox */
export function forgetUnsent(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // As said above.
  }
  flagUnsent(() => localStorage, name, false);
}

/** For a logout before the chat is opened: nobody knows who leaves, so what any customer of that API left here goes. */
export function forgetCustomers(api: string): void {
  forgetKept(`parley/${api}/customer:`);
  for (const name of unsentOf(api)) if (/\/customer\/[^/]*$/u.test(name)) forgetUnsent(name);
}
