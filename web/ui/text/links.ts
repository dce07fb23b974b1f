/** Finds the addresses in a text, and lets only harmless ones become links. */

/** A run of text, or an address to link to. */
export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/giu;
const CLOSING_MARKS = /[.,!?;:…'"»”’]+$/u;

/**
 * Cuts a text into runs and http(s) links; joined again, the parts' texts are the text.
 * A sentence's closing mark and an unopened closing bracket stay outside of the link.
 */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    if (!isHarmless(address)) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'link', text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

function trimAddress(raw: string): string {
  let address = raw.replace(CLOSING_MARKS, '');
  // "(see https://shop.ge/a)" but "https://ka.wikipedia.org/wiki/A_(b)": a bracket belongs if it was opened inside
  while (address.endsWith(')') && count(address, ')') > count(address, '(')) {
    address = address.slice(0, -1).replace(CLOSING_MARKS, '');
  }
  return address;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** A user name before the host is how addresses pretend to be others, so it is no link here. */
function isHarmless(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return /^https?:$/u.test(protocol) && username === '' && password === '';
}
