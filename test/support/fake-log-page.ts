/** A page with a log, as far as its keeper needs one: heights are given, and it draws whenever it is asked to. */
import { type LoadPlace, LogKeeper } from '../../web/ui/conversation/log/log-keeper.ts';

export const VIEW_PX = 600;
const TOP_PX = 32;

/** A row as the page has it. */
interface Row {
  key: string;
  isSettled: boolean;
  seq: number | null;
}

/** A page with a scroller, a list and rows of given heights, that draws whenever its keeper asks. */
export class FakePage {
  readonly heights = new Map<string, number>();
  rows: readonly Row[] = [];
  isLastOwn = false;
  readonly keeper: LogKeeper;
  drawings = 0;
  #scrollTop = 0;
  #view = { start: 0, end: 0, before: 0, after: 0 };
  #isDrawing = false;
  #wanted = 0;

  /** @param load brings what keeps a place */
  constructor(seqs: readonly number[], load: LoadPlace) {
    this.#setRows(seqs);
    this.keeper = new LogKeeper(load);
    this.keeper.attach(this.#scroller, this.#list);
    this.keeper.subscribe(() => this.draw());
    this.draw();
  }

  get shown(): readonly Row[] {
    return this.rows.slice(this.#view.start, this.#view.end);
  }

  /** Where a row stands on the screen, or null while it is not in the page. */
  topOf(seq: number): number | null {
    const index = this.shown.findIndex((row) => row.seq === seq);
    return index === -1 ? null : this.#topAt(index);
  }

  /** A settled row that is wholly in sight. */
  get read(): number {
    const row = this.shown.find(({ seq }) => seq !== null && (this.topOf(seq) ?? -1) >= 0);
    return row?.seq ?? -1;
  }

  show(seqs: readonly number[], isLastOwn = false): void {
    this.isLastOwn = isLastOwn;
    this.#setRows(seqs);
    this.draw();
  }

  scrollTo(top: number): void {
    this.moveTo(top);
    this.keeper.scrolled();
  }

  /** Scrolls, and the browser has not said so yet. */
  moveTo(top: number): void {
    this.#scrollTop = this.#clamp(top);
  }

  get end(): number {
    return this.#scroller.scrollHeight - VIEW_PX;
  }

  get scrollTop(): number {
    return this.#scrollTop;
  }

  /** Drawing again while one draws happens right afterwards, as React does it. */
  draw(): void {
    this.#wanted += 1;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    for (let rounds = 0; this.#wanted > this.drawings; rounds += 1) {
      if (rounds > 20) throw new Error('It draws for ever.');
      this.drawings = this.#wanted;
      this.#view = this.keeper.view(this.rows);
      // a shorter page takes the browser's position with it
      this.#scrollTop = this.#clamp(this.#scrollTop);
      const numbered = this.rows.filter(({ seq }) => seq !== null);
      this.keeper.drawn({
        rows: this.rows,
        ...this.#view,
        count: numbered.length,
        lastKey: numbered.at(-1)?.key,
        isLastOwn: this.isLastOwn,
      });
    }
    this.#isDrawing = false;
  }

  /** A day's line stands over the first row of each hundred, or over the first of all. */
  #setRows(seqs: readonly number[]): void {
    const days = new Set<number>();
    this.rows = seqs.flatMap((seq) => {
      const day = Math.floor(seq / 100);
      const isFirst = !days.has(day);
      days.add(day);
      const line = { key: `day-${day}`, isSettled: false, seq: null };
      const row = { key: `m${seq}`, isSettled: true, seq };
      return isFirst ? [line, row] : [row];
    });
    for (const { key } of this.rows) {
      if (!this.heights.has(key)) this.heights.set(key, 30 + ((this.heights.size * 67) % 180));
    }
  }

  #clamp(top: number): number {
    return Math.max(0, Math.min(this.#scroller.scrollHeight - VIEW_PX, top));
  }

  #heightAt(index: number): number {
    return this.heights.get(this.shown[index]?.key ?? '') ?? 0;
  }

  #topAt(index: number): number {
    let top = TOP_PX + this.#view.before - this.#scrollTop;
    for (let at = 0; at < index; at++) top += this.#heightAt(at);
    return top;
  }

  readonly #list = ((page: FakePage) => ({
    getBoundingClientRect: () => boxOf(TOP_PX - page.#scrollTop, 0),
    get children() {
      return page.shown.map((_, index) => ({
        getBoundingClientRect: () => boxOf(page.#topAt(index), page.#heightAt(index)),
      }));
    },
  }))(this);

  readonly #scroller = ((page: FakePage) => ({
    getBoundingClientRect: () => boxOf(0, VIEW_PX),
    clientHeight: VIEW_PX,
    get scrollHeight() {
      const { before, after } = page.#view;
      const rows = page.shown.reduce((sum, { key }) => sum + (page.heights.get(key) ?? 0), 0);
      return Math.max(VIEW_PX, TOP_PX + before + rows + after);
    },
    get scrollTop() {
      return page.#scrollTop;
    },
    set scrollTop(top: number) {
      page.#scrollTop = page.#clamp(top);
    },
  }))(this);
}

function boxOf(top: number, height: number) {
  return { top, height, bottom: top + height };
}

/** The numbers from one to another. */
export const upTo = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
