/** Words of a catalogue under the microscope: what they say for which parameters, without knowing their types. */

/** One entry of a catalogue: a text, or a function that makes one. */
export interface Leaf {
  readonly kind: string;
  readonly value: unknown;
}

/** Everything in a catalogue by its path: `inbox.empty.title`. */
export function leaves(value: unknown, key: string): [key: string, leaf: Leaf][] {
  if (typeof value !== 'object' || value === null) return [[key, { kind: typeof value, value }]];
  return Object.entries(value).flatMap(([name, part]) => leaves(part, `${key}.${name}`));
}

type Says = (...parameters: readonly unknown[]) => unknown;

/** Two values of each kind that a parameter may have; what uses it says two things. */
const KINDS = {
  text: ['Ⓐ', 'Ⓑ'],
  count: [3, 100],
  flag: [true, false],
  list: [['Ⓐ'], ['Ⓑ']],
} as const;

type Kind = keyof typeof KINDS;
const NAMES = ['text', 'count', 'flag', 'list'] as const satisfies readonly Kind[];
const PLACES = [0, 1, 2];

/** For each parameter, as what it is used: the first kind for which the words change with it, or `unused`. */
export function usedParameters(leaf: Leaf | undefined): readonly (Kind | 'unused')[] {
  const { value } = leaf ?? {};
  if (!isFunction(value)) return [];
  return PLACES.map((place) => NAMES.find((kind) => changes(value, place, kind)) ?? 'unused');
}

function changes(says: Says, place: number, kind: Kind): boolean {
  return [7, 'x', true].some((other) => {
    const [one, two] = KINDS[kind].map((value) => {
      const parameters = PLACES.map((at) => (at === place ? value : other));
      return said(() => says(...parameters));
    });
    return one !== undefined && two !== undefined && String(one) !== String(two);
  });
}

/** Whole numbers of every plural category of our languages. */
export const COUNTS = [0, 1, 2, 3, 11, 100];

/** Every text that it says: of a function, with names for its parameters, all counts, and both answers. */
export function say(leaf: Leaf | undefined): readonly string[] {
  const { value } = leaf ?? {};
  if (!isFunction(value)) return said(() => value) ?? [];
  const kinds = usedParameters(leaf);
  return COUNTS.flatMap((count) =>
    [true, false].flatMap((flag) => {
      const values = { text: 'Ⓐ', count, flag, list: ['Ⓐ'], unused: 'Ⓐ' };
      return said(() => value(...kinds.map((kind) => values[kind]))) ?? [];
    }),
  );
}

/** The texts of an answer, or nothing where these parameters are none for it. */
function said(run: () => unknown): readonly string[] | undefined {
  try {
    const answer = run();
    return leaves(answer, '').map(([, { value }]) => String(value));
  } catch {
    return undefined;
  }
}

function isFunction(value: unknown): value is Says {
  return typeof value === 'function';
}
