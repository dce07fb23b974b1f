/** What a log's keeper and its place tell each other: the rows, the elements, and what of them is in the page. */

/** A row as far as the keeper knows it. */
export interface KeptRow {
  readonly key: string;
  /** Whether its place among the others never changes: a day's line moves up when more of that day comes above. */
  readonly isSettled: boolean;
  /** The number of its message, or null. */
  readonly seq: number | null;
}

/** What is needed of an element. */
export interface Box {
  getBoundingClientRect(): {
    readonly top: number;
    readonly bottom: number;
    readonly height: number;
  };
}

/** The rows in the page, and nothing else. */
export interface ListBox extends Box {
  readonly children: ArrayLike<Box>;
}

/** What scrolls around the list. */
export interface ScrollBox extends Box {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Rows from `start` to just before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The rows to draw, and how high the gaps around them are, in pixels. */
export interface LogView extends Span {
  readonly before: number;
  readonly after: number;
}

/** What was drawn. */
export interface Drawing extends LogView {
  readonly rows: readonly KeptRow[];
  readonly count: number;
  readonly lastKey: string | undefined;
  /** Whether the last message is the reader's own: then one wants to see it. */
  readonly isLastOwn: boolean;
}

/** A drawing with its elements. */
export interface Sight {
  readonly box: ScrollBox;
  readonly list: ListBox;
  readonly drawing: Drawing;
}

/** Rows that are there at first. */
export const FIRST_ROWS = 40;

/** The end of the log. */
export function spanAtEnd(count: number): Span {
  return { start: Math.max(0, count - FIRST_ROWS), end: count };
}

/** Where an element begins on the screen. */
export function topOf(box: Box): number {
  return box.getBoundingClientRect().top;
}
