/** What a saved reply fills in, and filling it in. Free of dependencies: clients import it. */

/** What a saved reply may fill in: `{{customer}}`. */
export const REPLY_VARIABLES = ['customer', 'product', 'agent', 'shop'] as const;
export type ReplyVariable = (typeof REPLY_VARIABLES)[number];

/** What the variables stand for in a room; absent where nobody knows it. */
export type ReplyValues = { readonly [V in ReplyVariable]?: string | undefined };

// Without braces inside, so that a hostile text is looked at once and not from every brace anew.
const VARIABLE = /\{\{([^{}]*)\}\}/gu;
const BLANKS_AT_END = /[ \t]+$/u;
const BLANKS_AT_START = /^[ \t]+/u;
/** A greeting without its name: what separated the two goes as well. */
const SEPARATOR_AT_START = /^[,;:]?[ \t]*/u;
const ENDS_A_PHRASE = /^(?:$|[\r\n]|[\p{Po}\p{Pe}\p{Pf}])/u;

/** The names that a text asks to have filled in, known or not. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = '']) => name.trim());
}

/**
 * A saved reply as it is sent. What has no value goes, and the blanks around it are tidied: `Hello {{customer}}, …`
 * becomes `Hello, …`. Values are text: one that looks like a variable is not filled in again.
 */
export function fillReply(text: string, values: ReplyValues): string {
  let filled = '';
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    filled += text.slice(end, match.index);
    end = match.index + match[0].length;
    const value = valueOf(match[1] ?? '', values);
    if (value === '') [filled, end] = closeGap(filled, text, end);
    else filled += value;
  }
  return (filled + text.slice(end)).trim();
}

/** In one line, whatever a profile says. An unknown variable stays as it is: a later version may know it. */
function valueOf(variable: string, values: ReplyValues): string {
  const name = REPLY_VARIABLES.find((known) => known === variable.trim());
  if (name === undefined) return `{{${variable}}}`;
  return (values[name] ?? '').replaceAll(/\s+/gu, ' ').trim();
}

/** What stands before the gap without its last blanks, and where the text goes on. */
function closeGap(filled: string, text: string, end: number): [string, number] {
  const before = filled.replace(BLANKS_AT_END, '');
  const rest = text.slice(end);
  const isAtStart = before === '' || before.endsWith('\n');
  const after = rest.replace(isAtStart ? SEPARATOR_AT_START : BLANKS_AT_START, '');
  const hadBlank = before.length < filled.length || after.length < rest.length;
  const isJoined = isAtStart || !hadBlank || ENDS_A_PHRASE.test(after);
  return [isJoined ? before : `${before} `, text.length - after.length];
}
