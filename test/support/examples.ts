/** The annotated JSON examples of a page, each with the word that stands behind `jsonc` on its fence. */

/** One value of a fenced block; its comments are gone. */
export interface Example {
  readonly kind: string;
  readonly text: string;
}

/** Every example of a page, in its order. */
export function examplesOf(page: string): Example[] {
  return [...page.matchAll(/^```jsonc ?(\S*)\n(.*?)^```/gmsu)].flatMap(([, kind = '', body = '']) =>
    splitValues(withoutComments(body)).map((text) => ({ kind, text })),
  );
}

/** Drops `//` to the end of the line where it stands outside of a string. */
function withoutComments(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*/gu, (_, string?: string) => string ?? '');
}

/** The JSON values that stand one behind the other in a text. */
function splitValues(text: string): string[] {
  const values: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gu)) {
    if (token === '{' && depth++ === 0) start = index;
    if (token === '}' && --depth === 0) values.push(text.slice(start, index + 1));
  }
  return values;
}
