/** Reads one room: pages, what was missed, gaps. Owns its timeline. */
import { backoffMs, REQUEST_RETRY } from './backoff.ts';
import type { Ports } from './ports.ts';
import type { Requests } from './requests.ts';
import {
  EMPTY_TIMELINE,
  lastSeqOf,
  missingAfter,
  reduceTimeline,
  type Timeline,
  type TimelineAction,
} from './state/timeline.ts';

/** Pushes may swap: a gap that closes by itself within this needs no request. */
const GAP_WAIT_MS = 300;
/** Messages of a page down, and of a page up. */
const FILL_PAGE = 100;
const SHOWN_PAGE = 50;
/** Further behind than this many pages, the newest page takes the place of what was there. */
const MAX_FILL_PAGES = 5;
/** How often one gap is asked for when the answers do not fill it; the next event asks again. */
const MAX_FILLS = 8;

export interface RoomReaderOptions {
  readonly roomId: string;
  readonly requests: Pick<Requests, 'listMessages'>;
  readonly ports: Pick<Ports, 'after' | 'random'>;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** The reader of a room; asks for nothing until it is told to. */
export class RoomReader {
  readonly #options: RoomReaderOptions;
  #timeline = EMPTY_TIMELINE;
  #reading: Promise<void> | null = null;
  #readingOlder: Promise<void> | null = null;
  #cancelFill: (() => void) | null = null;
  #fills = 0;

  constructor(options: RoomReaderOptions) {
    this.#options = options;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  get isReadingOlder(): boolean {
    return this.#readingOlder !== null;
  }

  /** Takes over what happened; a gap that this opens is filled after a moment. */
  dispatch(action: TimelineAction): void {
    const next = reduceTimeline(this.#timeline, action);
    if (next === this.#timeline) return;
    this.#timeline = next;
    this.#watchGap();
    this.#options.onChange();
  }

  /** Reads on to the end, from the newest page when nothing is there yet. @throws ChatError */
  readOn(): Promise<void> {
    this.#reading ??= this.#fetchOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads one page further up. @throws ChatError */
  readOlder(): Promise<void> {
    const first = this.#timeline.messages[0]?.seq;
    if (first === undefined || !this.#timeline.hasOlder) return Promise.resolve();
    this.#readingOlder ??= this.#fetch({ before: first }, SHOWN_PAGE)
      .then(() => undefined)
      .finally(() => {
        this.#readingOlder = null;
        this.#options.onChange();
      });
    this.#options.onChange();
    return this.#readingOlder;
  }

  close(): void {
    this.#cancelFill?.();
  }

  async #fetchOn(): Promise<void> {
    if (!this.#timeline.isLoaded) {
      await this.#fetch('latest', SHOWN_PAGE);
      return;
    }
    const changes = this.#timeline.changes;
    for (let pages = 1; pages <= MAX_FILL_PAGES; pages += 1) {
      const page = await this.#fetch({ after: lastSeqOf(this.#timeline) }, FILL_PAGE);
      if (!page.hasMore) return this.#refetchEdited(page.changes, changes);
    }
    await this.#fetch('latest', SHOWN_PAGE);
  }

  /** Edits and deletions while away have no seq of their own: only the counter tells of them. */
  async #refetchEdited(told: number, known: number): Promise<void> {
    if (told <= known) return;
    const oldest = this.#timeline.messages[0]?.seq ?? 0;
    let first = lastSeqOf(this.#timeline) + 1;
    for (let pages = 1; first > oldest && pages <= MAX_FILL_PAGES; pages += 1) {
      const page = await this.#fetch({ before: first }, FILL_PAGE);
      first = page.items[0]?.seq ?? oldest;
    }
  }

  async #fetch(start: Parameters<Requests['listMessages']>[1], limit: number) {
    const page = await this.#options.requests.listMessages(this.#options.roomId, start, limit);
    this.dispatch({ type: 'page', page, start });
    return page;
  }

  #watchGap(): void {
    if (missingAfter(this.#timeline) === null) {
      this.#cancelFill?.();
      this.#cancelFill = null;
      this.#fills = 0;
      return;
    }
    this.#cancelFill ??= this.#options.ports.after(GAP_WAIT_MS, () => void this.#fill());
  }

  async #fill(): Promise<void> {
    this.#fills += 1;
    await this.readOn().catch(this.#options.onError);
    this.#cancelFill = null;
    if (missingAfter(this.#timeline) === null || this.#fills >= MAX_FILLS) return;
    const delayMs = backoffMs(REQUEST_RETRY, this.#fills, this.#options.ports.random());
    this.#cancelFill = this.#options.ports.after(delayMs, () => void this.#fill());
  }
}
