/** What this browser keeps under a person's name, such as drafts and the emoji they like: taken away at once. */
import { flagUnsent } from './unsent-flag.ts';

/** @param scope whose it is, as `scopeOf` names it. A storage that is forbidden kept nothing either. */
export function forgetKept(scope: string, storage: () => Storage = () => localStorage): void {
  try {
    const kept = storage();
    const names = Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? '');
    for (const name of names) if (name.startsWith(`${scope}/`)) kept.removeItem(name);
  } catch {
    // As said above.
  }
}

/** The database of what is unsent, and the word of it. @param name as the client names its outbox */
export function forgetUnsent(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
    flagUnsent(() => localStorage, name, false);
  } catch {
    // As said above.
  }
}
