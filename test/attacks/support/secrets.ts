/** What must stand in no log: every token, and every text that was sent in a run, whole or its beginning. */

/** Fields whose texts are no secret: what names things, and what the contract lists. */
const NAMES = new Set([
  'action',
  'at',
  'contentType',
  'createdAt',
  'currency',
  'deletedAt',
  'editedAt',
  'emoji',
  'id',
  'key',
  'noteId',
  'price',
  'ref',
  'replyId',
  'role',
  'roomId',
  'status',
  'type',
  'vendorId',
]);
/** Shorter ones are in any log. */
const MIN_LENGTH = 6;
/** A log may cut what it shows: its beginning says as much. */
const MAX_LENGTH = 24;
/** The first part of a token is that of every token. */
const MIN_PART_LENGTH = 20;

const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}/gu;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.]+/gu;

/** The secrets of one run. */
export class Secrets {
  readonly #texts = new Set<string>();

  get count(): number {
    return this.#texts.size;
  }

  /** A text in which something was said. */
  addText(text: string): void {
    const start = text.trim().slice(0, MAX_LENGTH);
    if (start.length >= MIN_LENGTH) this.#texts.add(start);
  }

  /** A token, however bent, with each of its parts. */
  addToken(token: string): void {
    const [, ...parts] = token.split('.');
    for (const part of [token, ...parts]) {
      if (part.length >= MIN_PART_LENGTH) this.#texts.add(part);
    }
  }

  /** Every text in a body or frame as it is sent. */
  addBody(body: unknown): void {
    if (body instanceof Uint8Array || body === undefined) return;
    const left: unknown[] = [typeof body === 'string' ? parsed(body) : body];
    // Bodies may be deeper than a call stack.
    for (let value = left.pop(); left.length > 0 || value !== undefined; value = left.pop()) {
      if (typeof value === 'string') this.addText(value);
      else if (typeof value === 'object' && value !== null) {
        for (const [name, one] of Object.entries(value)) if (!NAMES.has(name)) left.push(one);
      }
    }
  }

  /** Secrets that a log holds, tokens and e-mail addresses of nobody known too. */
  foundIn(log: string): string[] {
    const known = [...this.#texts].filter(
      (text) => log.includes(text) || log.includes(JSON.stringify(text).slice(1, -1)),
    );
    return [...known, ...(log.match(TOKEN) ?? []), ...(log.match(EMAIL) ?? [])];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
