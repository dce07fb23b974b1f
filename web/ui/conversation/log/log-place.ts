/** A place in a log that is not its end: which rows are in the page, and where on the screen they stay. */
import {
  type Box,
  type Drawing,
  type KeptRow,
  type LogView,
  type ScrollBox,
  type Sight,
  type Span,
  spanAtEnd,
  topOf,
} from './log-sight.ts';
import { heightOf, spanAround, spanFor } from './log-window.ts';

/** What a row is taken to be before it was ever in the page. */
const UNSEEN_PX = 64;

/** The span's ends stand by their rows, so that what comes above does not move it; null is the very end. */
interface Ends {
  readonly from: string | null;
  readonly to: string | null;
}

/** Of one log, from the drawing on that it is made with. */
export class LogPlace {
  readonly #heights = new Map<string, number>();
  readonly #onChange: () => void;
  #ends: Ends;
  /** The first settled row in sight, and how far below the top its end stands: its head may go when more of the same sender comes above. */
  #anchor: { key: string; bottom: number } | null = null;
  /** The message that somebody asked for, until it is in sight. */
  #wanted: { seq: number; onShown: (box: Box) => void } | null = null;

  /** @param onChange other rows are to be drawn */
  constructor({ rows, start, end }: Drawing, onChange: () => void) {
    this.#onChange = onChange;
    this.#ends = endsOf({ start, end }, rows);
  }

  /** The rows to draw, and how high the gaps around them are. */
  view(rows: readonly KeptRow[]): LogView {
    const span = spanOf(this.#ends, rows);
    const height = this.#heightIn(rows);
    return {
      ...span,
      before: heightOf({ start: 0, end: span.start }, height),
      after: heightOf({ start: span.end, end: rows.length }, height),
    };
  }

  /** Chooses the last rows. */
  goToEnd(rows: readonly KeptRow[]): void {
    this.#set(endsOf(spanAtEnd(rows.length), rows));
  }

  /** At another width all rows have other heights. */
  forgetHeights(): void {
    this.#heights.clear();
  }

  /** Wants a message in sight, as soon as it is among the rows. */
  want(seq: number, onShown: (box: Box) => void): void {
    this.#wanted = { seq, onShown };
  }

  /** A message is not to be had: it is no longer waited for. */
  giveUp(seq: number): void {
    if (this.#wanted?.seq === seq) this.#wanted = null;
  }

  /** Whether the wanted message is among the rows. */
  hasWanted(rows: readonly KeptRow[]): boolean {
    return this.#indexOfWanted(rows) !== -1;
  }

  /** Brings it into the middle. `soon`: it is in the page with the next drawing. */
  reach({ box, list, drawing }: Sight): 'soon' | 'done' {
    const { rows } = drawing;
    const index = this.#indexOfWanted(rows);
    if (index === -1) return 'done';
    const row = index < drawing.start ? undefined : list.children[index - drawing.start];
    if (row === undefined) {
      this.#set(endsOf(spanAround(index, rows.length), rows));
      return 'soon';
    }
    const { top, height } = row.getBoundingClientRect();
    box.scrollTop += top - topOf(box) - Math.max(0, box.clientHeight - height) / 2;
    const wanted = this.#wanted;
    this.#wanted = null;
    wanted?.onShown(row);
    return 'done';
  }

  /** Chooses the rows anew for what is in sight. */
  choose({ box, list, drawing: { rows } }: Sight): void {
    const present = spanOf(this.#ends, rows);
    const top = topOf(box) - topOf(list);
    const next = spanFor(present, {
      top,
      bottom: top + box.clientHeight,
      count: rows.length,
      height: this.#heightIn(rows),
    });
    if (next !== present) this.#set(endsOf(next, rows));
  }

  /** Takes the heights of the rows in the page, and where the first settled one in sight stands. */
  note({ box, list, drawing: { rows, start } }: Sight): void {
    const top = topOf(box);
    this.#anchor = null;
    for (let index = 0; index < list.children.length; index++) {
      const row = rows[start + index];
      const rect = list.children[index]?.getBoundingClientRect();
      if (row === undefined || rect === undefined) break;
      this.#heights.set(row.key, rect.height);
      if (this.#anchor === null && row.isSettled && rect.bottom > top) {
        this.#anchor = { key: row.key, bottom: rect.bottom - top };
      }
    }
  }

  /** Brings the noted row back to where it was on the screen. */
  restore({ box, list, drawing: { rows, start } }: Sight): void {
    const noted = this.#anchor;
    const index = noted === null ? -1 : indexOf(rows, noted.key);
    const row = index < start ? undefined : list.children[index - start];
    if (noted === null || row === undefined) return;
    this.#move(box, row.getBoundingClientRect().bottom - topOf(box) - noted.bottom);
  }

  /** Less than half a pixel is the browser's rounding. */
  #move(box: ScrollBox, px: number): void {
    if (Math.abs(px) >= 0.5) box.scrollTop += px;
  }

  #indexOfWanted(rows: readonly KeptRow[]): number {
    const wanted = this.#wanted;
    return wanted === null ? -1 : rows.findIndex(({ seq }) => seq === wanted.seq);
  }

  #set(next: Ends): void {
    const { from, to } = this.#ends;
    if (next.from === from && next.to === to) return;
    this.#ends = next;
    this.#onChange();
  }

  #heightIn(rows: readonly KeptRow[]) {
    return (index: number) => this.#heights.get(rows[index]?.key ?? '') ?? UNSEEN_PX;
  }
}

function endsOf({ start, end }: Span, rows: readonly KeptRow[]): Ends {
  return {
    from: start === 0 ? null : (rows[start]?.key ?? null),
    to: end >= rows.length ? null : (rows[end - 1]?.key ?? null),
  };
}

/** Rows that went take their end of the span with them: then the log's own end stands for it. */
function spanOf({ from, to }: Ends, rows: readonly KeptRow[]): Span {
  const start = from === null ? 0 : Math.max(0, indexOf(rows, from));
  const last = to === null ? -1 : indexOf(rows, to);
  return { start, end: last < start ? rows.length : last + 1 };
}

function indexOf(rows: readonly KeptRow[], wanted: string): number {
  return rows.findIndex(({ key }) => key === wanted);
}
