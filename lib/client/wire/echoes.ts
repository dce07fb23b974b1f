/** While one socket follows another, both hear every push: of each pair only the first is passed on. */

/** How many pushes wait for their echo at most. */
const MAX_HEARD = 200;

/** The echoes between sockets. */
export class Echoes {
  readonly #countSockets: () => number;
  #heard: { readonly socket: unknown; readonly text: string }[] = [];

  /** @param countSockets how many hear at the moment: one alone has no echo */
  constructor(countSockets: () => number) {
    this.#countSockets = countSockets;
  }

  /** Whether another socket has brought this very text already, and no echo of it came yet. */
  isEcho(socket: unknown, text: string): boolean {
    if (this.#countSockets() < 2) {
      this.#heard = [];
      return false;
    }
    const twin = this.#heard.findIndex((it) => it.socket !== socket && it.text === text);
    if (twin < 0) this.#heard = [...this.#heard, { socket, text }].slice(-MAX_HEARD);
    else this.#heard.splice(twin, 1);
    return twin >= 0;
  }
}
