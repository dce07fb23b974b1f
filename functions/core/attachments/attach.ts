/** Attaching: what a message's files are is checked on the uploaded bytes, and these very bytes are copied to the room. */
import { isImageType, toContentType } from '#protocol/attachments/content-types.ts';
import { ChatError, type FieldError } from '#protocol/errors.ts';
import type { Member } from '#protocol/ids.ts';
import type { Attachment } from '#protocol/message.ts';

import { inParallel } from '../fan-out.ts';
import type { Rules } from '../product.ts';
import { agrees } from './content.ts';
import { contentDisposition } from './disposition.ts';
import type { Place } from './download.ts';
import { errorAt, nameIn, NOT_YOURS } from './draft.ts';

/** In dots. */
export type Measures = Partial<Record<'width' | 'height', number>>;

/** An upload as it is right now: what its policy fixed, and how it begins. */
export interface Upload {
  /** Names these very bytes. */
  readonly etag: string;
  readonly member: string;
  readonly roomId: string;
  readonly contentType: string;
  readonly size: number;
  readonly firstBytes: Uint8Array;
}

/** What is known of a file in its room: checked once, and never changed. */
export interface KeptFile extends Measures {
  /** Whose message carries it. */
  readonly member: string;
  readonly messageId: string;
  readonly contentType: string;
  readonly size: number;
}

/** Puts the bytes that an ETag names into a room. */
export interface KeepCommand extends Place {
  readonly etag: string;
  readonly file: KeptFile;
  /** The header that its downloads answer with. */
  readonly disposition: string;
}

export interface AttachPorts {
  readonly objects: {
    readUpload: (key: string) => Promise<Upload | null>;
    /** A picture's measures as it is shown; none where its first bytes do not tell. */
    measure: (contentType: string, firstBytes: Uint8Array) => Measures;
    /** @returns false where the upload is no longer those bytes, or the room has a file of that key */
    keep: (command: KeepCommand) => Promise<boolean>;
    findKept: (place: Place) => Promise<KeptFile | null>;
  };
  readonly rules: Rules;
}

/** A message of which only its files are not checked yet. */
export interface AttachCommand {
  readonly roomId: string;
  readonly member: Member;
  readonly messageId: string;
  readonly onlyPictures: boolean;
  readonly attachments: readonly Attachment[];
}

const MAX_PARALLEL = 5;
/** Measures that no picture has are a header's lie, and would break the page that makes room for them. */
const MAX_PIXELS = 65_535;
/**
 * Checks a message's files and copies them to its room. Safe to repeat: what is there for this message stays as it is.
 * @returns the attachments as they are stored
 * @throws ChatError `invalid` naming each file that is not the member's, or not what it was declared to be; `unavailable`
 */
export async function attach(ports: AttachPorts, command: AttachCommand): Promise<Attachment[]> {
  const checked = await mapBounded(command.attachments, (draft, n) =>
    check(ports, command, { draft, n }),
  );
  // All are checked before the first is copied: what is refused leaves nothing behind.
  const errors = checked.flatMap((one) => ('path' in one ? [one] : []));
  if (errors.length > 0) throw new ChatError('invalid', { errors });
  const files = checked.flatMap((one) => ('path' in one ? [] : [one]));
  return mapBounded(files, (one) => keep(ports, command, one));
}

interface Item {
  readonly draft: Attachment;
  /** Its place in the message. */
  readonly n: number;
}

/** A file that may be attached; with an ETag it is not in the room yet. */
interface Checked extends Item {
  readonly file: KeptFile;
  readonly etag?: string;
}

/** An upload of somebody else takes the same requests as none, and the same answer. */
async function check(
  { objects, rules }: AttachPorts,
  command: AttachCommand,
  item: Item,
): Promise<Checked | FieldError> {
  const { key } = item.draft;
  const { roomId, member, messageId, onlyPictures } = command;
  const upload = await objects.readUpload(key);
  const isOwn = upload !== null && upload.member === member && upload.roomId === roomId;
  // A retry may find its upload swept, and the file in the room.
  const kept = isOwn ? null : await objects.findKept({ roomId, key });
  const contentType = toContentType((isOwn ? upload : kept)?.contentType ?? '');
  if (contentType === null) return errorAt(item.n, NOT_YOURS);
  if (onlyPictures && !isImageType(contentType)) return errorAt(item.n, 'is no picture');
  if (!isOwn) {
    return kept !== null && isOf(kept, command)
      ? { ...item, file: kept }
      : errorAt(item.n, NOT_YOURS);
  }
  const { etag, size, firstBytes } = upload;
  if (size > rules.limits.maxAttachmentBytes) return errorAt(item.n, 'is larger than allowed');
  if (!agrees(contentType, firstBytes)) return errorAt(item.n, 'is not what it says it is');
  const found = objects.measure(contentType, firstBytes);
  const measures = measuresOf(contentType, [found, item.draft]);
  return { ...item, etag, file: { member, messageId, contentType, size, ...measures } };
}

async function keep(
  { objects }: AttachPorts,
  command: AttachCommand,
  { draft, n, file, etag }: Checked,
): Promise<Attachment> {
  const stored = (it: KeptFile) => toAttachment(draft, it);
  if (etag === undefined) return stored(file);
  const place = { roomId: command.roomId, key: draft.key };
  const disposition = contentDisposition(file.contentType, stored(file).name);
  if (await objects.keep({ ...place, etag, file, disposition })) return stored(file);
  const kept = await objects.findKept(place);
  // The upload was exchanged since it was checked: a retry checks what is there now.
  if (kept === null) throw new ChatError('unavailable');
  if (!isOf(kept, command)) {
    throw new ChatError('invalid', { errors: [errorAt(n, 'belongs to another message')] });
  }
  return stored(kept);
}

/** One upload is one message's: deleting that message deletes the file. */
function isOf(kept: KeptFile, { member, messageId }: AttachCommand): boolean {
  return kept.member === member && kept.messageId === messageId;
}

function toAttachment(draft: Attachment, file: KeptFile): Attachment {
  const { contentType, size } = file;
  const { key } = draft;
  return {
    key,
    name: nameIn(file, draft),
    contentType,
    size,
    ...measuresOf(contentType, [file]),
  };
}

function isPossible(length?: number): boolean {
  return (
    length !== undefined && Number.isSafeInteger(length) && length >= 1 && length <= MAX_PIXELS
  );
}

/** The first of the sources that can be true; only what is seen has measures. */
function measuresOf(contentType: string, sources: readonly Measures[]): Measures {
  if (!/^(?:image|video)\//u.test(contentType)) return {};
  const source = sources.find(({ width, height }) => isPossible(width) && isPossible(height));
  return source?.width === undefined || source.height === undefined
    ? {}
    : { width: source.width, height: source.height };
}

/** Every item's result in order. A failure waits for the others, for nothing may run on after the answer. */
async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T, n: number) => Promise<R>,
): Promise<R[]> {
  const results: PromiseSettledResult<R>[] = [];
  await inParallel([...items.entries()], MAX_PARALLEL, async ([n, item]) => {
    [results[n]] = await Promise.allSettled([work(item, n)]);
  });
  return Promise.all(
    results.map((one) =>
      one.status === 'fulfilled' ? one.value : Promise.reject(asError(one.reason)),
    ),
  );
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
