/** A name as it is shown inside of sentences. */

const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Without the signs that turn the direction of writing: `cod.exe` is not to look like `exe.doc`. */
export function plainName(name: string): string {
  return name.replace(DIRECTIONS, '');
}
