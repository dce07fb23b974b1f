/** Reads one room: pages, what was missed, gaps. Owns its timeline. */
import { backoffMs, REQUEST_RETRY } from '../backoff.ts';
import type { Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import {
  cutOf,
  EMPTY_TIMELINE,
  isOutdated,
  lastSeqOf,
  missingAfter,
  reduceTimeline,
  type Timeline,
  type TimelineAction,
} from '../state/timeline.ts';

/** Pushes may swap: a gap that closes by itself within this needs no request. */
const GAP_WAIT_MS = 300;
/** Messages of a page down, and of a page up. */
const FILL_PAGE = 100;
const SHOWN_PAGE = 50;
/** Further behind than this many pages, the newest page takes the place of what was there. */
const MAX_FILL_PAGES = 5;
/** Pages upward for one message that somebody asks for: further back than this one scrolls. */
const MAX_BACK_PAGES = 60;
/** How often one gap is asked for when the answers do not fill it; the next event asks again. */
const MAX_FILLS = 8;

export interface RoomReaderOptions {
  readonly roomId: string;
  readonly requests: Pick<Requests, 'listMessages'>;
  readonly ports: Pick<Ports, 'after' | 'random'>;
  readonly onChange: () => void;
  /** The first messages are no longer there. */
  readonly onCut: (reason: 'behind' | 'full') => void;
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
    const before = this.#timeline;
    const next = reduceTimeline(before, action);
    if (next === before) return;
    this.#timeline = next;
    this.#watchGap();
    this.#options.onChange();
    const cut = cutOf(before, next);
    if (cut) this.#options.onCut(cut);
  }

  /** Reads on to the end, from the newest page when nothing is there yet. @throws ChatError */
  readOn(): Promise<void> {
    this.#reading ??= this.#fetchOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads one page further up, or as many as it takes to reach a message. @throws ChatError */
  readOlder(toSeq?: number): Promise<void> {
    const first = this.#timeline.messages[0]?.seq;
    if (first === undefined || !this.#timeline.hasOlder) return Promise.resolve();
    if (toSeq !== undefined) return this.#readBackTo(toSeq);
    return this.#readPage(SHOWN_PAGE);
  }

  async #readBackTo(seq: number): Promise<void> {
    for (let pages = 0; pages < MAX_BACK_PAGES; pages += 1) {
      const first = this.#timeline.messages[0]?.seq ?? 0;
      if (first <= seq || !this.#timeline.hasOlder) return;
      await this.#readPage(FILL_PAGE);
    }
  }

  #readPage(limit: number): Promise<void> {
    this.#readingOlder ??= this.#fetchOlder(limit).finally(() => {
      this.#readingOlder = null;
      this.#options.onChange();
    });
    this.#options.onChange();
    return this.#readingOlder;
  }

  close(): void {
    this.#cancelFill?.();
  }

  /** Not while everything is read again: what it adds would not be part of that. */
  async #fetchOlder(limit: number): Promise<void> {
    await this.#reading?.catch(() => {});
    const [oldest] = this.#timeline.messages;
    if (oldest) await this.#fetch({ before: oldest.seq }, limit);
  }

  async #fetchOn(): Promise<void> {
    await this.#readingOlder?.catch(() => {});

    if (!this.#timeline.isLoaded) {
      await this.#fetch('latest', SHOWN_PAGE);
      return;
    }
    for (let pages = 1; pages <= MAX_FILL_PAGES; pages += 1) {
      const page = await this.#fetch({ after: lastSeqOf(this.#timeline) }, FILL_PAGE);
      if (page.hasMore) continue;
      return isOutdated(this.#timeline) ? this.#refetch(page.changes) : undefined;
    }
    await this.#fetch('latest', SHOWN_PAGE);
  }

  /**
   * Edits, deletions and reactions have no seq of their own: where the room's counter says that some were missed, all
   * that is shown is read once more. What was read up to the end before is whole up to the lowest counter of all pages.
   */
  async #refetch(toldAtEnd: number): Promise<void> {
    const oldest = this.#timeline.messages[0]?.seq ?? 0;
    let changes = toldAtEnd;
    let first = lastSeqOf(this.#timeline) + 1;
    // Pages of everything that is shown, and one for what comes meanwhile.
    const most = Math.ceil(this.#timeline.messages.length / FILL_PAGE) + 1;
    for (let pages = 1; first > oldest && pages <= most; pages += 1) {
      const page = await this.#fetch({ before: first }, FILL_PAGE);
      first = page.items[0]?.seq ?? oldest;
      changes = Math.min(changes, page.changes);
    }
    if (first <= oldest) this.dispatch({ type: 'refetched', changes });
  }

  async #fetch(start: Parameters<Requests['listMessages']>[1], limit: number) {
    const page = await this.#options.requests.listMessages(this.#options.roomId, start, limit);
    this.dispatch({ type: 'page', page, start });
    return page;
  }

  #watchGap(): void {
    if (!this.#isLacking()) {
      this.#cancelFill?.();
      this.#cancelFill = null;
      this.#fills = 0;
      return;
    }
    this.#cancelFill ??= this.#options.ports.after(GAP_WAIT_MS, () => void this.#fill());
  }

  #isLacking(): boolean {
    return missingAfter(this.#timeline) !== null || isOutdated(this.#timeline);
  }

  async #fill(): Promise<void> {
    this.#fills += 1;
    await this.readOn().catch(this.#options.onError);
    this.#cancelFill = null;
    if (!this.#isLacking() || this.#fills >= MAX_FILLS) return;
    const delayMs = backoffMs(REQUEST_RETRY, this.#fills, this.#options.ports.random());
    this.#cancelFill = this.#options.ports.after(delayMs, () => void this.#fill());
  }
}
