/** Whether a file is what it was declared to be, as far as its first bytes tell. */
import type { ContentType } from '#protocol/attachments/content-types.ts';

/** What an inspection of first bytes finds: a type by its signature, and a picture's measures as it is shown. */
export interface Inspection {
  readonly contentType: string | null;
  readonly width?: number;
  readonly height?: number;
}

/** What the signature of each type may be called; types that have none, or share one, stand below. */
const SIGNATURES: Readonly<Partial<Record<ContentType, readonly string[]>>> = {
  'image/jpeg': ['image/jpeg'],
  'image/png': ['image/png', 'image/apng'],
  'image/gif': ['image/gif'],
  'image/webp': ['image/webp'],
  // One container: encoders name the general brand first and the particular one behind it.
  'image/avif': ['image/avif', 'image/heif'],
  'image/heic': ['image/heic', 'image/heif', 'image/heic-sequence'],
  'image/heif': ['image/heif', 'image/heic', 'image/heif-sequence'],
  'application/pdf': ['application/pdf'],
  'application/msword': ['application/x-cfb'],
  'application/vnd.ms-excel': ['application/x-cfb'],
  'application/vnd.ms-powerpoint': ['application/x-cfb'],
  'video/mp4': ['video/mp4', 'video/x-m4v', 'video/quicktime'],
  'video/webm': ['video/webm'],
  'video/quicktime': ['video/quicktime', 'video/mp4'],
  'audio/mpeg': ['audio/mpeg'],
  'audio/mp4': ['audio/mp4', 'audio/x-m4a', 'video/mp4'],
  'audio/ogg': ['audio/ogg', 'audio/ogg; codecs=opus', 'application/ogg'],
  'audio/webm': ['video/webm'],
  'audio/wav': ['audio/wav'],
};

/** True where the first bytes agree with the declared type. */
export function agrees(declared: ContentType, bytes: Uint8Array, found: Inspection): boolean {
  if (declared.startsWith('text/')) return isPlainText(bytes);
  const signatures = SIGNATURES[declared];
  // All others are zips inside, and one that was cut tells no more than that.
  if (signatures === undefined) return isZip(bytes);
  return found.contentType !== null && signatures.includes(found.contentType);
}

/** `PK`, and the kind of its first record: a file, or the end of an empty archive. */
function isZip([p, k, a, b]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/** What browsers take for a page by its beginning (WHATWG MIME Sniffing, 7.1), and the XML that may be one. */
const PAGE =
  /^\s*<(?:(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|meta|img|link|form|object|embed)(?=[\s>/]|$)|!--|\?xml)/iu;

function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  // A byte order mark, which this decoder drops, would hide a tag from the pattern.
  return !PAGE.test(new TextDecoder().decode(bytes));
}
