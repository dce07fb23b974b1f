/** Keeps a log at its end while one is there; the code that keeps any other place comes when somebody leaves the end. */
import type { LogPlace } from './log-place.ts';
import {
  type Box,
  type Drawing,
  type KeptRow,
  type ListBox,
  type LogView,
  type ScrollBox,
  type Sight,
  spanAtEnd,
} from './log-sight.ts';

/** What a log shows of its keeper. */
export interface KeeperState {
  readonly isAtEnd: boolean;
  /** Messages that arrived below while one was reading above. */
  readonly missed: number;
  /** Counts the choices of other rows to draw. */
  readonly choice: number;
}

/** The rows to draw. */
export interface KeptView extends LogView {
  /** Whether what one reads stays where it is when more comes above. */
  readonly isKept: boolean;
}

/** Brings the code for places; it is asked again after a failure. */
export type LoadPlace = () => Promise<typeof LogPlace>;

/** Within this of the end one counts as being there. */
const END_PX = 64;

/** A log of so many rows is drawn whole at first: that is the first page of a room, whatever stands between its messages. */
const WHOLE_ROWS = 80;

/** Of one room. Its methods are bound. */
export class LogKeeper {
  readonly #load: LoadPlace;
  readonly #listeners = new Set<() => void>();
  #state: KeeperState = { isAtEnd: true, missed: 0, choice: 0 };
  #scroller: ScrollBox | null = null;
  #list: ListBox | null = null;
  #drawing: Drawing = {
    rows: [],
    start: 0,
    end: 0,
    before: 0,
    after: 0,
    count: 0,
    lastKey: undefined,
    isLastOwn: false,
  };
  /** How far one could scroll when that was last settled; nobody leaves an end that was not settled yet. */
  #end = 0;
  #width = 0;
  #place: LogPlace | null = null;
  #coming: Promise<LogPlace> | null = null;

  constructor(load: LoadPlace) {
    this.#load = load;
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

  /** A short log whole, and of a long one the last rows, until there is a place. */
  readonly view = (rows: readonly KeptRow[]): KeptView => {
    const { isAtEnd } = this.#state;
    if (this.#place !== null) return { ...this.#place.view(rows), isKept: true };
    const end = rows.length;
    const last = end <= WHOLE_ROWS ? 0 : spanAtEnd(end).start;
    // whoever is about to leave the end keeps the rows that are there
    const start = isAtEnd ? last : this.#drawing.start;
    return { start, end, before: 0, after: 0, isKept: isAtEnd && start === 0 };
  };

  /** The rows are in the page, and nobody has seen them yet. */
  readonly drawn = (next: Drawing): void => {
    const before = this.#drawing;
    this.#drawing = next;
    // somebody may have scrolled away a moment ago, before the browser says so
    if (this.#state.isAtEnd) this.scrolled();
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
    const sight = this.#sight();
    if (sight === null) return;
    const { box } = sight;
    if (this.#state.isAtEnd) box.scrollTop = box.scrollHeight;
    else this.#place?.restore(sight);
    this.#place?.note(sight);
    this.#end = endOf(box);
  };

  /** The list is `width` wide. */
  readonly resized = (width: number): void => {
    if (this.#width !== width) this.#place?.forgetHeights();
    this.#width = width;
    this.settle();
  };

  readonly scrolled = (): void => {
    const sight = this.#sight();
    if (sight === null) return;
    const { box } = sight;
    // a change of size makes the browser scroll too, before the observer hears of it: who is where the end was has not left it
    const isAtEnd = Math.min(this.#end, endOf(box)) - box.scrollTop < END_PX;
    if (isAtEnd && this.#state.isAtEnd) return;
    // first where things stand now: whoever listens may draw at once
    this.#place?.note(sight);
    this.#set({ isAtEnd, ...(isAtEnd && { missed: 0 }) });
    this.#choose();
    if (!isAtEnd) this.prepare();
  };

  readonly toEnd = (): void => {
    this.#goToEnd();
    this.settle();
  };

  /** Brings what keeps a place; where it does not come, the next call tries again. */
  readonly prepare = (): void => void this.#bring().catch(() => {});

  /** Brings a message into sight, now or as soon as it is among the rows. @throws where the code for that does not come */
  readonly show = async (seq: number, onShown: (box: Box) => void): Promise<void> => {
    const place = this.#place ?? (await this.#bring());
    place.want(seq, onShown);
    this.#reachWanted();
  };

  /** A message is not to be had: it is no longer waited for. */
  readonly giveUp = (seq: number): void => this.#place?.giveUp(seq);

  /** From what is drawn now on. */
  #bring(): Promise<LogPlace> {
    this.#coming ??= this.#load().then(
      (Place) => {
        const redraw = () => this.#set({ choice: this.#state.choice + 1 });
        const place = new Place(this.#drawing, redraw);
        const sight = this.#sight();
        if (sight !== null) place.note(sight);
        this.#place = place;
        redraw();
        return place;
      },
      (error: unknown) => {
        this.#coming = null;
        throw error;
      },
    );
    return this.#coming;
  }

  #reachWanted(): 'soon' | 'done' {
    const sight = this.#sight();
    const place = this.#place;
    if (sight === null || place?.hasWanted(sight.drawing.rows) !== true) return 'done';
    this.#set({ isAtEnd: false });
    if (place.reach(sight) === 'soon') return 'soon';
    place.note(sight);
    place.choose(sight);
    return 'done';
  }

  #goToEnd(): void {
    this.#end = 0;
    this.#set({ isAtEnd: true, missed: 0 });
    this.#place?.goToEnd(this.#drawing.rows);
  }

  #choose(): void {
    const sight = this.#sight();
    if (sight !== null) this.#place?.choose(sight);
  }

  #sight(): Sight | null {
    const [box, list] = [this.#scroller, this.#list];
    return box === null || list === null ? null : { box, list, drawing: this.#drawing };
  }

  #set(change: Partial<KeeperState>): void {
    const next = { ...this.#state, ...change };
    const { isAtEnd, missed, choice } = this.#state;
    if (next.isAtEnd === isAtEnd && next.missed === missed && next.choice === choice) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

/** How far one can scroll. */
function endOf({ scrollHeight, clientHeight }: ScrollBox): number {
  return scrollHeight - clientHeight;
}
