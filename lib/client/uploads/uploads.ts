/** Files on their way: uploaded a few at a time, then handed to the outbox as one message. */
import { ChatError } from '#protocol/errors.ts';

import type { FileDraft, FileToSend, SentFiles, Upload } from '../conversation.ts';
import type { OutboxEntry, Ports } from '../ports.ts';
import type { Requests } from '../wire/requests.ts';
import { asChatError, type Retries } from '../retry.ts';
import { optionalText } from '../room/drafts.ts';
import type { Uploading } from '../state/uploading.ts';
import { cleanFiles } from './clean-files.ts';
import { uploadFile } from './upload-port.ts';

/** Files of one message that go up at once. */
const MAX_AT_ONCE = 3;

export interface UploadsOptions {
  readonly requests: Pick<Requests, 'createUpload'>;
  /** `upload` as it is in this runtime, where none is given. */
  readonly ports: Pick<Ports, 'now' | 'newId'> & Partial<Pick<Ports, 'upload'>>;
  readonly retries: Pick<Retries, 'run'>;
  /** Takes a message whose files are there. @throws ChatError when it is full */
  readonly send: (entry: OutboxEntry) => void;
  /** Stores what a reload would find of a message whose files are not there, or (null) takes that away. */
  readonly keep: (id: string, entry: OutboxEntry | null) => void;
  /** The uploads of a room are others now, or further. */
  readonly onChange: (roomId: string) => void;
  readonly onFailed: (entry: OutboxEntry, error: ChatError) => void;
}

/** A message and what is known of its files. */
interface Job {
  readonly entry: OutboxEntry;
  readonly draft: FileDraft;
  readonly sources: readonly FileToSend[];
  /** Where each file lies, null for one that is not there. */
  readonly keys: (string | null)[];
  files: readonly Upload[];
  failure: OutboxEntry['failure'];
  abort: AbortController;
  /** True from the moment it was handed over. */
  isSent: boolean;
}

/** The uploads of one client. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #jobs = new Map<string, Job>();
  /** What `of` gave out, so that it stays the same while nothing changed. */
  readonly #views = new Map<string, readonly Uploading[]>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** Its code is here: nothing to wait for. */
  async prepare(): Promise<void> {}

  /** @throws ChatError for files that no server takes */
  add(roomId: string, draft: FileDraft): SentFiles {
    const { ports, keep } = this.#options;
    const { type, files } = cleanFiles(draft.files);
    const id = ports.newId();
    const text = optionalText(draft.text);
    const entry: OutboxEntry = {
      roomId,
      message: {
        id,
        type,
        attachments: [],
        ...(text === undefined ? {} : { text }),
        ...(draft.replyTo === undefined ? {} : { replyTo: draft.replyTo }),
      },
      queuedAt: new Date(ports.now()).toISOString(),
      after: null,
      failure: null,
      files: files.map(({ body: _body, ...file }) => file),
    };
    const job: Job = {
      entry,
      draft,
      sources: files,
      keys: files.map(() => null),
      files: files.map((file) => ({ ...file, progress: 0 })),
      failure: null,
      abort: new AbortController(),
      isSent: false,
    };
    this.#jobs.set(id, job);
    keep(id, { ...entry, failure: LOST });
    this.#changed(job);
    const cancel = () => this.#cancel(job);
    draft.signal?.addEventListener('abort', cancel);
    if (draft.signal?.aborted === true) cancel();
    else void this.#run(job);
    return { id, cancel };
  }

  /** A room's messages whose files are not known to be stored. */
  of(roomId: string): readonly Uploading[] {
    return this.#views.get(roomId) ?? [];
  }

  /** How many messages wait for their files. */
  get size(): number {
    return [...this.#jobs.values()].filter(({ isSent }) => !isSent).length;
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Uploads a failed message's files again: places end, and what waited too long in one is swept away. */
  retry(id: string): void {
    const job = this.#jobs.get(id);
    if (!job || (job.failure === null && !job.isSent)) return;
    const isRefused = job.isSent;
    Object.assign(job, { failure: null, isSent: false, abort: new AbortController() });
    if (isRefused) job.keys.fill(null);
    this.#options.keep(id, { ...job.entry, failure: LOST });
    this.#changed(job);
    void this.#run(job);
  }

  /** Forgets a message that failed; one under way goes on. */
  discard(id: string): void {
    const job = this.#jobs.get(id);
    if (!job || (job.failure === null && !job.isSent)) return;
    this.#options.keep(id, null);
    this.forget(id);
  }

  /** Forgets a message: it is stored, or nobody wants it any more. */
  forget(id: string): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.abort.abort();
    this.#jobs.delete(id);
    this.#changed(job);
  }

  close(): void {
    for (const { abort } of this.#jobs.values()) abort.abort();
  }

  #cancel(job: Job): void {
    const { id } = job.entry.message;
    if (job.isSent || !this.#jobs.has(id)) return;
    this.#options.keep(id, null);
    this.forget(id);
  }

  async #run(job: Job): Promise<void> {
    const { signal } = job.abort;
    const left = [...job.keys.keys()].filter((index) => job.keys[index] === null).values();
    const work = async () => {
      for (const index of left) await this.#upload(job, index);
    };
    try {
      await Promise.all(Array.from({ length: MAX_AT_ONCE }, work));
      if (signal.aborted) return;
      this.#hand(job);
    } catch (error) {
      if (signal.aborted) return;
      // One that failed for good fails the message: the others need not go on.
      job.abort.abort();
      this.#fail(job, asChatError(error));
    }
  }

  async #upload(job: Job, index: number): Promise<void> {
    const { requests, ports, retries } = this.#options;
    const { upload: put = uploadFile } = ports;
    const source = job.sources[index];
    const { signal } = job.abort;
    if (source === undefined || signal.aborted) return;
    const { name, contentType, size } = source;
    const onProgress = (progress: number) => {
      if (!signal.aborted) this.#progress(job, index, progress);
    };
    job.keys[index] = await retries.run(async () => {
      if (signal.aborted) throw new ChatError('invalid', { message: 'Cancelled.' });
      const file = { name, contentType, size };
      const { key, upload } = await requests.createUpload(job.entry.roomId, file);
      await put(upload, source.body, { onProgress, signal });
      return key;
    });
    onProgress(1);
  }

  #hand(job: Job): void {
    const { message } = job.entry;
    if (!('attachments' in message)) return;
    const attachments = job.sources.map(({ name, width, height }, index) => ({
      key: job.keys[index] ?? '',
      name,
      ...(width === undefined || height === undefined ? {} : { width, height }),
    }));
    try {
      this.#options.send({ ...job.entry, message: { ...message, attachments } });
      job.isSent = true;
    } catch (error) {
      this.#fail(job, asChatError(error));
    }
  }

  #fail(job: Job, error: ChatError): void {
    job.failure = { code: error.code, message: error.message };
    this.#changed(job);
    this.#options.onFailed(job.entry, error);
  }

  #progress(job: Job, index: number, progress: number): void {
    const before = job.files[index];
    const next = Math.min(1, Math.max(0, progress));
    if (before === undefined || before.progress === next) return;
    job.files = job.files.with(index, { ...before, progress: next });
    this.#changed(job);
    job.draft.onProgress?.({ index, progress: next });
  }

  #changed({ entry: { roomId } }: Job): void {
    const jobs = [...this.#jobs.values()].filter((job) => job.entry.roomId === roomId);
    const before = new Map(this.of(roomId).map((it) => [it.entry.message.id, it]));
    this.#views.set(
      roomId,
      jobs.map(({ entry, failure, files }) => {
        const known = before.get(entry.message.id);
        const isSame = known?.files === files && known.entry.failure === failure;
        return isSame ? known : { entry: { ...entry, failure }, files };
      }),
    );
    this.#options.onChange(roomId);
  }
}

/** What is said of a message after a reload took its files. */
const LOST: NonNullable<OutboxEntry['failure']> = {
  code: 'invalid',
  message: 'The page was left before its files were there: choose them again.',
};
