/** What a composer may suggest while one writes: the app decides what, the composer how it is shown and chosen. */

/** A text with the place in it where one writes. */
export interface Written {
  readonly text: string;
  /** Characters before the caret. */
  readonly caret: number;
}

/** A line of the list. */
export interface Suggestion {
  readonly id: string;
  readonly title: string;
  /** In smaller letters behind the title. */
  readonly detail?: string;
}

/** What is suggested for what is written now. */
export interface Suggestions {
  /** The list's name: "Saved replies". */
  readonly label: string;
  readonly items: readonly Suggestion[];
  /** Said where nothing fits; without it the list then closes. */
  readonly empty?: string;
  /** The composer's whole text once one is chosen. */
  readonly choose: (chosen: Suggestion) => Written;
}

/** Answers null where there is nothing to suggest. Called at every change, so it must be quick. */
export type Suggest = (written: Written) => Suggestions | null;

/** Asked before a message leaves: `hold` keeps the text in the composer, and the app says why. */
export type BeforeSend = (text: string) => 'allow' | 'hold';

/** The next line in a direction, around the ends. */
export function stepFrom(active: number, step: 1 | -1, count: number): number {
  return count === 0 ? 0 : (active + step + count) % count;
}
