/** Sending in one room: what is written goes to the outbox, files to the uploads first. */
import type { OutgoingMessage } from '#protocol/message.ts';

import type { Draft, FileDraft, ProductDraft, SentFiles } from '../conversation.ts';
import type { Outbox } from '../outbox.ts';
import type { UploadsPart } from '../parts/parts.ts';
import type { Ports } from '../ports.ts';
import { cleanText, optionalText } from './drafts.ts';

export interface RoomSendingOptions {
  readonly roomId: string;
  readonly ports: Pick<Ports, 'now' | 'newId'>;
  readonly outbox: Pick<Outbox, 'add' | 'retry' | 'discard' | 'fullError'>;
  readonly uploads: Pick<UploadsPart, 'add' | 'has' | 'retry' | 'discard' | 'size'>;
  /** Something is on its way. */
  readonly onSent: () => void;
}

/** What a room sends. */
export class RoomSending {
  readonly #options: RoomSendingOptions;

  constructor(options: RoomSendingOptions) {
    this.#options = options;
  }

  /** @throws ChatError `invalid` for what cannot be sent, `unavailable` when too many wait */
  text({ text, product, replyTo }: Draft): string {
    return this.#send({
      id: this.#options.ports.newId(),
      type: 'text',
      text: cleanText(text),
      ...(product && { product }),
      ...(replyTo !== undefined && { replyTo }),
    });
  }

  /** @throws ChatError as `text` */
  product({ product, text: words }: ProductDraft): string {
    const text = optionalText(words);
    const id = this.#options.ports.newId();
    return this.#send({ id, type: 'product', product, ...(text !== undefined && { text }) });
  }

  /** @throws ChatError as `text` */
  files(draft: FileDraft): SentFiles {
    const { outbox, uploads, roomId } = this.#options;
    const full = outbox.fullError(uploads.size);
    if (full) throw full;
    return uploads.add(roomId, draft);
  }

  /** One whose files are at hand uploads them anew: their places may have been swept. */
  retry(id: string): void {
    const { outbox, uploads } = this.#options;
    if (!uploads.has(id)) return outbox.retry(id);
    outbox.discard(id);
    return uploads.retry(id);
  }

  discard(id: string): void {
    this.#options.outbox.discard(id);
    this.#options.uploads.discard(id);
  }

  #send(message: OutgoingMessage): string {
    const { ports, outbox, roomId, onSent } = this.#options;
    const queuedAt = new Date(ports.now()).toISOString();
    outbox.add({ roomId, message, queuedAt, after: null, failure: null });
    onSent();
    return message.id;
  }
}
