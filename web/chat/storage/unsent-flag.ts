/** A word in the local storage that something is unsent: it can be read at once, before anybody signs in. */

/** The part of a storage that is used. */
export type FlagStorage = Pick<Storage, 'setItem' | 'removeItem'>;

/** Whether an earlier page left something unsent for that API, whoever wrote it. */
export function hasUnsent(api: string, storage: () => object = () => localStorage): boolean {
  try {
    return Object.keys(storage()).some((key) => key.startsWith(flagOf(`parley/${api}/`)));
  } catch {
    return false;
  }
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
