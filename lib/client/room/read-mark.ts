/** My read mark in one room: shown at once, told to the server one at a time. */

export interface ReadMarkOptions {
  /** @throws ChatError */
  readonly tell: (seq: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** How far I have read, and how far the server was told. */
export class ReadMark {
  readonly #options: ReadMarkOptions;
  #told = 0;
  #isTelling = false;
  /** The highest seq read on this device. */
  seq = 0;

  constructor(options: ReadMarkOptions) {
    this.#options = options;
  }

  /** One mark at a time; what was read meanwhile goes with the next. Does nothing where all was told. */
  async tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      while (this.seq > this.#told) {
        const { seq } = this;
        await this.#options.tell(seq);
        this.#told = seq;
      }
    } catch (error) {
      // Told again with the next mark or after the next reconnect.
      this.#options.onError(error);
    } finally {
      this.#isTelling = false;
    }
  }
}
