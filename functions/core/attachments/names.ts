/** What a file is called: a name that is safe to show, to store and to save on any system. */
import { CONTENT_TYPES, type ContentType } from '#protocol/attachments/content-types.ts';

const MAX_LENGTH = 255;
/** For a name of which nothing is left. */
const NAMELESS = 'file';
/** What cannot be seen, or makes what is seen another order: `gpj.exe` must not read as `exe.jpg`. */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{AD}\u{180E}\u{200B}\u{2060}-\u{2064}\u{206A}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}]|\u{34F}/gu;
/** The text without what cannot be seen, or makes what is seen another order. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '');
}

/** Characters that Windows refuses, and the look-alikes of slashes, which some systems turn into them. */
const RESERVED =
  /[<>:"|?*\u{2044}\u{2215}\u{2216}\u{29F5}\u{29F8}\u{29F9}\u{FE68}\u{FF0F}\u{FF3C}]/gu;
/** Devices of Windows, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))/iu;
const EXTENSION = /\.([\p{L}\p{N}]{1,16})$/u;

/** A name as its sender's system wrote it, made safe: never empty, never a path, at most 255 UTF-16 units. */
export function cleanName(name: string): string {
  const visible = withoutInvisible(name.toWellFormed());
  const last = visible.split(/[/\\]/u).findLast((part) => !/^[\s.]*$/u.test(part)) ?? '';
  const kept = trim(last.replace(/^\s*[a-z]:/iu, '').replaceAll(RESERVED, '_'));
  const named = kept === '' ? NAMELESS : kept.replace(DEVICE, '_$&');
  return cut(named);
}

/** The name with an extension of its type: a picture that calls itself `bill.exe` is saved as `bill.exe.png`. */
export function nameFor(name: string, contentType: ContentType): string {
  const [usual, ...others] = CONTENT_TYPES[contentType];
  const extension = EXTENSION.exec(name)?.[1]?.toLowerCase();
  const isOfType = [usual, ...others].some((one) => one === extension);
  return isOfType ? name : cut(`${name}.${usual}`);
}

function trim(name: string): string {
  return name.replace(/^[\s.]+/u, '').replace(/[\s.]+$/u, '');
}

/** A long name loses the end of its stem and keeps its extension. */
function cut(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, MAX_LENGTH - extension.length);
  // The cut may halve a surrogate pair, of which nothing is kept.
  return trim(stem.isWellFormed() ? stem : stem.slice(0, -1)) + extension;
}
