/** Whether a file is what it was declared to be, as far as its first bytes tell: nothing is unpacked or run for it. */
import type { ContentType } from '#protocol/attachments/content-types.ts';

type Check = (bytes: Uint8Array) => boolean;

/** Of a declared type, what its first bytes must be. */
const CHECKS: Readonly<Record<ContentType, Check>> = {
  'image/jpeg': begins('\xFF\xD8\xFF'),
  'image/png': begins('\x89PNG\r\n\x1A\n'),
  'image/gif': begins('GIF87a', 'GIF89a'),
  'image/webp': isRiff('WEBP'),
  'image/avif': hasBrand(/^avi[fs]$/u),
  'image/heic': hasBrand(/^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/u),
  'image/heif': hasBrand(/^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/u),
  'application/pdf': begins('%PDF-'),
  'text/plain': isPlainText,
  'text/csv': isPlainText,
  'application/zip': isZip,
  'application/msword': isCompound,
  'application/vnd.ms-excel': isCompound,
  'application/vnd.ms-powerpoint': isCompound,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isZip,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isZip,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': isZip,
  'application/vnd.oasis.opendocument.text': isZip,
  'application/vnd.oasis.opendocument.spreadsheet': isZip,
  'application/vnd.oasis.opendocument.presentation': isZip,
  'video/mp4': isMovie,
  'video/webm': isWebm,
  'video/quicktime': isMovie,
  'audio/mpeg': isMp3,
  'audio/mp4': isMovie,
  'audio/ogg': begins('OggS'),
  'audio/webm': isWebm,
  'audio/wav': isRiff('WAVE'),
};

/** True where the first bytes agree with the declared type. */
export function agrees(declared: ContentType, firstBytes: Uint8Array): boolean {
  return CHECKS[declared](firstBytes);
}

/** Bytes as text, a character each. */
function textAt(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function begins(...signatures: readonly string[]): Check {
  return (bytes) => signatures.some((one) => textAt(bytes, 0, one.length) === one);
}

function isRiff(form: string): Check {
  return (bytes) => textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === form;
}

/** A file, or the end of an archive that has none. Office documents are zips inside. */
function isZip(bytes: Uint8Array): boolean {
  return begins('PK\x03\x04', 'PK\x05\x06')(bytes);
}

/** Microsoft's compound file, the container of its old documents. */
function isCompound(bytes: Uint8Array): boolean {
  return begins('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')(bytes);
}

/** The brands of an ISO base media file: the major one, then, behind its version, the compatible ones. */
function brandsOf(bytes: Uint8Array): string[] {
  if (textAt(bytes, 4, 8) !== 'ftyp') return [];
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const end = Math.min(bytes.length, a * 2 ** 24 + b * 2 ** 16 + c * 256 + d, 256);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(textAt(bytes, at, at + 4));
  return brands;
}

function hasBrand(pattern: RegExp): Check {
  return (bytes) => brandsOf(bytes).some((brand) => pattern.test(brand));
}

/** MP4 and its kin; an old QuickTime file names no brand, and begins with any of its boxes. */
function isMovie(bytes: Uint8Array): boolean {
  const [major] = brandsOf(bytes);
  if (major !== undefined) return !/^(?:avi[fs]|hei[cxms]|mif1|msf1|crx )$/u.test(major);
  return /^(?:moov|mdat|wide|free|skip|pnot)$/u.test(textAt(bytes, 4, 8));
}

/** Matroska's container, which says near its beginning whose documents it holds. */
function isWebm(bytes: Uint8Array): boolean {
  return begins('\x1A\x45\xDF\xA3')(bytes) && textAt(bytes, 0, 64).includes('\x42\x82\x84webm');
}

/** A tag with title and artist, or the head of a frame of MPEG audio, layer III. */
function isMp3(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return begins('ID3')(bytes) || (first === 0xff && (second & 0xe6) === 0xe2);
}

/** What browsers take for a page by its beginning (WHATWG MIME Sniffing, 7.1), and what may be one. */
const PAGE =
  /^\s*<(?:(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|meta|img|link|form|object|embed)(?=[\s>/]|$)|!--|\?xml)/iu;

/** Tab, line feed, form feed, carriage return, escape. */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

/** Text has no signature; but it has none of the bytes that only binary data has (section 3 there), and begins no page. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))) return false;
  // The decoder drops a byte order mark, which would hide a tag.
  return !PAGE.test(new TextDecoder().decode(bytes.subarray(0, 1024)));
}
