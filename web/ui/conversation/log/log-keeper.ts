/** Keeps a log's place: at the end while one is there, and what one reads where it is, whatever comes and goes around it. */
import { heightOf, type Span, spanAround, spanAtEnd, spanFor } from './log-window.ts';

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

/** What a log shows of its keeper. The span's ends stand by their rows, so that what comes above does not move it; null is the very end. */
export interface KeeperState {
  readonly from: string | null;
  readonly to: string | null;
  readonly isAtEnd: boolean;
  /** Messages that arrived below while one was reading above. */
  readonly missed: number;
}

/** What was drawn. */
interface Drawing {
  readonly rows: readonly KeptRow[];
  /** The first row in the page. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly lastKey: string | undefined;
  /** Whether the last message is the reader's own: then one wants to see it. */
  readonly isLastOwn: boolean;
}

/** Within this of the end one counts as being there. */
const END_PX = 64;
/** What a row is taken to be before it was ever in the page. */
const UNSEEN_PX = 64;

/** Of one room. Its methods are bound. */
export class LogKeeper {
  readonly #heights = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #state: KeeperState = { from: null, to: null, isAtEnd: true, missed: 0 };
  #scroller: ScrollBox | null = null;
  #list: ListBox | null = null;
  #drawing: Drawing = {
    rows: [],
    start: 0,
    end: 0,
    count: 0,
    lastKey: undefined,
    isLastOwn: false,
  };
  /** The first settled row in sight, and how far below the top its end stands: its head may go when more of the same sender comes above. */
  #anchor: { key: string; bottom: number } | null = null;
  #size = { view: 0, content: 0, width: 0 };
  /** The message that somebody asked for, until it is in sight. */
  #wanted: { seq: number; onShown: (box: Box) => void } | null = null;

  constructor(rows: readonly KeptRow[]) {
    this.#state = { ...this.#state, ...endsOf(spanAtEnd(rows.length), rows) };
  }

  readonly getState = (): KeeperState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly attach = (scroller: ScrollBox | null, list: ListBox | null): void => {
    this.#scroller = scroller;
    this.#list = list;
  };

  /** The rows to draw, and how high the gaps around them are. */
  readonly view = (rows: readonly KeptRow[]): Span & { before: number; after: number } => {
    const span = spanOf(this.#state, rows);
    const height = this.#heightIn(rows);
    return {
      ...span,
      before: heightOf({ start: 0, end: span.start }, height),
      after: heightOf({ start: span.end, end: rows.length }, height),
    };
  };

  /** The rows are in the page, and nobody has seen them yet. */
  readonly drawn = (next: Drawing): void => {
    const before = this.#drawing;
    this.#drawing = next;
    const hasGrown = before.lastKey !== undefined && next.lastKey !== before.lastKey;
    if (hasGrown && !this.#state.isAtEnd) {
      if (next.isLastOwn) this.#goToEnd();
      else this.#set({ missed: this.#state.missed + Math.max(1, next.count - before.count) });
    }
    if (this.#reachWanted() === 'soon') return;
    this.settle();
    this.#choose();
  };

  /** Something may have another size: what is in sight stays where it is. */
  readonly settle = (): void => {
    const box = this.#scroller;
    if (box === null) return;
    if (this.#state.isAtEnd) box.scrollTop = box.scrollHeight;
    else this.#restore(box);
    this.#note();
    const { clientHeight: view, scrollHeight: content } = box;
    this.#size = { ...this.#size, view, content };
  };

  /** The list is `width` wide: at another width all rows have other heights. */
  readonly resized = (width: number): void => {
    if (this.#size.width !== width) this.#heights.clear();
    this.#size = { ...this.#size, width };
    this.settle();
  };

  readonly scrolled = (): void => {
    const box = this.#scroller;
    if (box === null) return;
    const { view, content } = this.#size;
    const isResized = box.clientHeight !== view || box.scrollHeight !== content;
    // a change of size makes the browser scroll too, before the observer hears of it: nobody has left the end
    if (this.#state.isAtEnd && isResized) return;
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
    // first where things stand now: whoever listens may draw at once
    this.#note();
    this.#set({ isAtEnd, ...(isAtEnd && { missed: 0 }) });
    this.#choose();
  };

  readonly toEnd = (): void => {
    this.#goToEnd();
    this.settle();
  };

  /** Brings a message into sight, now or as soon as it is among the rows. */
  readonly show = (seq: number, onShown: (box: Box) => void): void => {
    this.#wanted = { seq, onShown };
    this.#reachWanted();
  };

  /** A message is not to be had: it is no longer waited for. */
  readonly giveUp = (seq: number): void => {
    if (this.#wanted?.seq === seq) this.#wanted = null;
  };

  /** `soon`: it is among the rows, and in the page with the next drawing. */
  #reachWanted(): 'soon' | 'done' {
    const { rows } = this.#drawing;
    const box = this.#scroller;
    const wanted = this.#wanted;
    const index = wanted === null ? -1 : rows.findIndex(({ seq }) => seq === wanted.seq);
    if (box === null || wanted === null || index === -1) return 'done';
    this.#set({ isAtEnd: false });
    const row = this.#find(index);
    if (row === null) {
      this.#set(endsOf(spanAround(index, rows.length), rows));
      return 'soon';
    }
    const { top, height } = row.getBoundingClientRect();
    box.scrollTop += top - topOf(box) - Math.max(0, box.clientHeight - height) / 2;
    this.#wanted = null;
    wanted.onShown(row);
    this.#note();
    this.#choose();
    return 'done';
  }

  #goToEnd(): void {
    const { rows } = this.#drawing;
    this.#set({ isAtEnd: true, missed: 0, ...endsOf(spanAtEnd(rows.length), rows) });
  }

  #set(change: Partial<KeeperState>): void {
    const next = { ...this.#state, ...change };
    const { from, to, isAtEnd, missed } = this.#state;
    const isSame =
      next.from === from && next.to === to && next.isAtEnd === isAtEnd && next.missed === missed;
    if (isSame) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  /** Chooses the rows anew for what is in sight. */
  #choose(): void {
    const [box, list] = [this.#scroller, this.#list];
    if (box === null || list === null) return;
    const { rows } = this.#drawing;
    const present = spanOf(this.#state, rows);
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
  #note(): void {
    const [box, list] = [this.#scroller, this.#list];
    if (box === null || list === null) return;
    const top = topOf(box);
    const { rows, start } = this.#drawing;
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
  #restore(box: ScrollBox): void {
    const noted = this.#anchor;
    const row = noted === null ? null : this.#find(indexOf(this.#drawing.rows, noted.key));
    if (noted === null || row === null) return;
    const moved = row.getBoundingClientRect().bottom - topOf(box) - noted.bottom;
    // less than half a pixel is the browser's rounding
    if (Math.abs(moved) >= 0.5) box.scrollTop += moved;
  }

  #find(index: number): Box | null {
    const { start } = this.#drawing;
    return index < start ? null : (this.#list?.children[index - start] ?? null);
  }

  #heightIn(rows: readonly KeptRow[]) {
    return (index: number) => this.#heights.get(rows[index]?.key ?? '') ?? UNSEEN_PX;
  }
}

function endsOf({ start, end }: Span, rows: readonly KeptRow[]) {
  return {
    from: start === 0 ? null : (rows[start]?.key ?? null),
    to: end >= rows.length ? null : (rows[end - 1]?.key ?? null),
  };
}

/** Rows that went take their end of the span with them: then the log's own end stands for it. */
function spanOf({ from, to }: Pick<KeeperState, 'from' | 'to'>, rows: readonly KeptRow[]): Span {
  const start = from === null ? 0 : Math.max(0, indexOf(rows, from));
  const last = to === null ? -1 : indexOf(rows, to);
  return { start, end: last < start ? rows.length : last + 1 };
}

function indexOf(rows: readonly KeptRow[], wanted: string): number {
  return rows.findIndex(({ key }) => key === wanted);
}

function topOf(box: Box): number {
  return box.getBoundingClientRect().top;
}
