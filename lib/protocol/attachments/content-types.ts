/** Which kinds of files people may send. Free of dependencies: a client offers exactly these. */

/**
 * Every content type that is let through, with the extensions of its files, the usual one first.
 * Nothing a browser would run stands here: no HTML, XHTML, SVG, XML or script.
 */
export const CONTENT_TYPES = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heif', 'heic'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'text', 'log', 'md'],
  'text/csv': ['csv'],
  'application/zip': ['zip'],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'video/quicktime': ['mov', 'qt'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/webm': ['weba', 'webm'],
  'audio/wav': ['wav'],
} as const;

/** A content type that people may send. */
export type ContentType = keyof typeof CONTENT_TYPES;

/** What browsers and systems call some of them besides. */
const ALIASES: Readonly<Record<string, ContentType>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'application/csv': 'text/csv',
  'text/markdown': 'text/plain',
  'application/x-zip-compressed': 'application/zip',
  'video/x-m4v': 'video/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/opus': 'audio/ogg',
};

/** A declared type as one that may be sent, without its parameters; null for every other. */
export function toContentType(declared: string): ContentType | null {
  const [type = ''] = declared.split(';', 1);
  const name = type.trim().toLowerCase();
  if (isContentType(name)) return name;
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? null) : null;
}

/** True for pictures: what a message of type `image` may carry. */
export function isImageType(contentType: string): boolean {
  return contentType.startsWith('image/') && isContentType(contentType);
}

function isContentType(name: string): name is ContentType {
  return Object.hasOwn(CONTENT_TYPES, name);
}
