/** A log's place in a simulated page: whatever comes and goes, what one reads stays where it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LogKeeper } from '../../../../../web/ui/conversation/log/log-keeper.ts';

const VIEW_PX = 600;
const TOP_PX = 32;

interface Row {
  key: string;
  isSettled: boolean;
  seq: number | null;
}

/** A page with a scroller, a list and rows of given heights, that draws whenever its keeper asks. */
class FakePage {
  readonly heights = new Map<string, number>();
  rows: readonly Row[] = [];
  isLastOwn = false;
  readonly keeper: LogKeeper;
  drawings = 0;
  #scrollTop = 0;
  #view = { start: 0, end: 0, before: 0, after: 0 };
  #isDrawing = false;
  #wanted = 0;

  constructor(seqs: readonly number[]) {
    this.#setRows(seqs);
    this.keeper = new LogKeeper(this.rows);
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
    this.#scrollTop = this.#clamp(top);
    this.keeper.scrolled();
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
      const { start, end } = this.#view;
      const numbered = this.rows.filter(({ seq }) => seq !== null);
      this.keeper.drawn({
        rows: this.rows,
        start,
        end,
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

const upTo = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('the keeper of a log', () => {
  it('begins at the end, with few rows', () => {
    const page = new FakePage(upTo(1, 5_000));
    expect(page.scrollTop).toBe(page.end);
    expect(page.shown.at(-1)?.seq).toBe(5_000);
    expect(page.shown.length).toBeLessThan(60);
    expect(page.keeper.getState().isAtEnd).toBe(true);
  });

  it('holds what one reads while page after page comes above', () => {
    const page = new FakePage(upTo(4_951, 5_000));
    for (let first = 4_951; first > 1; first -= 50) {
      page.scrollTo(0);
      const seq = page.read;
      const before = page.topOf(seq);
      page.show(upTo(Math.max(1, first - 50), 5_000));
      expect(Math.abs((page.topOf(seq) ?? NaN) - (before ?? NaN))).toBeLessThanOrEqual(1);
      expect(page.shown.length).toBeLessThan(120);
    }
  });

  it('stays at the end for what arrives there, and counts it for who reads above', () => {
    const page = new FakePage(upTo(1, 200));
    page.show(upTo(1, 201));
    expect(page.scrollTop).toBe(page.end);
    page.scrollTo(page.end - 500);
    const seq = page.read;
    const before = page.topOf(seq);
    page.show(upTo(1, 203));
    expect(page.topOf(seq)).toBe(before);
    expect(page.keeper.getState()).toMatchObject({ isAtEnd: false, missed: 2 });
    page.keeper.toEnd();
    expect(page.scrollTop).toBe(page.end);
    expect(page.keeper.getState()).toMatchObject({ isAtEnd: true, missed: 0 });
  });

  it('goes to the end for what one sends oneself', () => {
    const page = new FakePage(upTo(1, 200));
    page.scrollTo(100);
    page.show(upTo(1, 201), true);
    expect(page.scrollTop).toBe(page.end);
    expect(page.shown.at(-1)?.seq).toBe(201);
  });

  it('holds what one reads when rows above and below change their height', () => {
    const page = new FakePage(upTo(1, 300));
    page.scrollTo(page.end - 900);
    const seq = page.read;
    const before = page.topOf(seq);
    for (const { key, seq: other } of page.shown) {
      if (other !== null && other !== seq) page.heights.set(key, 111);
    }
    page.keeper.settle();
    expect(page.topOf(seq)).toBe(before);
  });

  it('shows a message that is asked for, in the middle, and also when it comes later', () => {
    const page = new FakePage(upTo(4_951, 5_000));
    const shown: number[] = [];
    page.keeper.show(3, () => shown.push(3));
    expect(shown).toEqual([]);
    page.show(upTo(1, 5_000));
    expect(shown).toEqual([3]);
    expect(page.topOf(3)).toBeGreaterThanOrEqual(0);
    expect(page.topOf(3)).toBeLessThan(VIEW_PX);
    page.keeper.show(2_500, () => shown.push(2_500));
    expect(shown).toEqual([3, 2_500]);
    const { height } = { height: page.heights.get('m2500') ?? 0 };
    expect(Math.abs((page.topOf(2_500) ?? 0) + height / 2 - VIEW_PX / 2)).toBeLessThanOrEqual(1);
  });

  it('waits no longer for a message that is not to be had', () => {
    const page = new FakePage(upTo(51, 100));
    page.keeper.show(3, () => expect.unreachable());
    page.keeper.giveUp(3);
    page.show(upTo(1, 100));
    expect(page.scrollTop).toBe(page.end);
  });

  it('always has rows for what is in sight, however one scrolls, and never many', () => {
    const steps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, (parts) => {
        const page = new FakePage(upTo(1, 1_000));
        for (const part of parts) {
          page.scrollTo(page.end * part);
          const seen = page.shown.filter(({ seq }) => {
            const top = seq === null ? null : page.topOf(seq);
            return top !== null && top < VIEW_PX && top > -250;
          });
          expect(seen.length).toBeGreaterThan(0);
          expect(page.shown.length).toBeLessThan(140);
        }
      }),
      { numRuns: 40 },
    );
  });
});
