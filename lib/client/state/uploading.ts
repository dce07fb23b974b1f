/** A message whose files are on their way. Plain state. */
import type { Upload } from '../conversation.ts';
import type { OutboxEntry } from '../ports.ts';

/** The message as it will go out, and its files in the order of its attachments. */
export interface Uploading {
  readonly entry: OutboxEntry;
  readonly files: readonly Upload[];
}
