/** What can be made of a name: initials and a colour that stays the same. */

/**
 * One or two letters: of the first and the last word, whatever the script. As they are written:
 * Georgian has capitals in Unicode that hardly a font has.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => word?.match(/./u)?.[0] ?? '').join('') || '?';
}

/** A hue of 0–359 degrees, always the same for the same name. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 104_729;
  return hash % 360;
}
