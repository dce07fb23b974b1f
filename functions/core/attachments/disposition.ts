/** How a browser is told to treat a file: shown only where it is a picture, saved under its name (RFC 6266). */

/** Pictures made of dots. Nothing else is shown in a page's place: a document could bring scripts. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
]);

/** The header `Content-Disposition` of a file: in ASCII for old readers, and whole in UTF-8 where that differs. */
export function contentDisposition(contentType: string, name: string): string {
  const kind = SHOWN.has(contentType) ? 'inline' : 'attachment';
  const ascii = name.replaceAll(/[^\x20-\x7E]|["\\%]/gu, '_');
  const plain = `${kind}; filename="${ascii}"`;
  return ascii === name ? plain : `${plain}; filename*=UTF-8''${encodeName(name)}`;
}

/** RFC 8187: what `encodeURIComponent` leaves and a header's value may not have is encoded too. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
