/** The names in a storage that begin in one way; none where the browser forbids even to look. */
export function namesIn(storage: () => object, start: string): string[] {
  try {
    return Object.keys(storage()).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}
