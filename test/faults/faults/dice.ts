/** Seeded chance: the same seed gives the same question the same answer, in whatever order the questions come. */

/** A source of numbers for one actor, one after the other. */
export interface Sequence {
  /** 0 ≤ x < 1. */
  readonly next: () => number;
  /** 0 ≤ n < count. */
  readonly below: (count: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
}

/** Dice that remember how often something was asked, so that a retry meets a fate of its own. */
export class Dice {
  readonly #seed: number;
  readonly #asked = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** 0 ≤ x < 1, by what is asked and the how-manieth time that is. */
  roll(...what: readonly (string | number)[]): number {
    const question = what.join(' ');
    const times = this.#asked.get(question) ?? 0;
    this.#asked.set(question, times + 1);
    return fractionOf(`${this.#seed} ${question} ${times}`);
  }
}

/** The sequence of that name. */
export function sequenceOf(seed: number, name: string): Sequence {
  let count = 0;
  const next = () => fractionOf(`${seed} ${name} ${(count += 1)}`);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (choices) => {
      const picked = choices[below(choices.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
  };
}

/** A UUID of a sequence: version 4 by its form. */
export function uuidOf({ next }: Sequence): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** FNV-1a with the finish of MurmurHash3: spreads texts that differ in one character over the whole range. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
