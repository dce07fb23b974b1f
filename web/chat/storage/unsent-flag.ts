/** A word in the local storage that something is unsent: it can be read at once, before anybody signs in. */

import { namesIn } from './names-in.ts';

/** The part of a storage that is used. */
export type FlagStorage = Pick<Storage, 'setItem' | 'removeItem'>;

/** The outboxes for that API in which an earlier page left something, whoever wrote it: by their names. */
export function unsentOf(api: string, storage: () => object = () => localStorage): string[] {
  return namesIn(storage, flagOf(`parley/${api}/`)).map((name) => name.slice(flagOf('').length));
}

/** Says so, or takes it back. A storage that is full or forbidden only means that it is found later. */
export function flagUnsent(storage: () => FlagStorage, name: string, isUnsent: boolean): void {
  try {
    if (isUnsent) storage().setItem(flagOf(name), '');
    else storage().removeItem(flagOf(name));
  } catch {
    // As said above.
  }
}

function flagOf(name: string): string {
  return `unsent ${name}`;
}
