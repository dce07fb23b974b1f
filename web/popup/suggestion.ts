/** A text that a page suggests for the composer. */

/** A new object is a new suggestion. */
export interface Suggestion {
  readonly text: string;
}
