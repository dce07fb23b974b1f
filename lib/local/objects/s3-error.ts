/** S3's refusals, and its few words of XML. */

/** A refusal as S3 writes it: the code is what a caller decides by. `details` become elements of the XML. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: keyof typeof STATUSES,
    message: string,
    details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = STATUSES[code];
    this.details = details;
  }
}

/** The codes used here, with the status that S3 gives each. */
const STATUSES = {
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationQueryParametersError: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MaxPostPreDataLengthExceeded: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

/** An element for each entry; a list repeats its element. */
export interface XmlContent {
  readonly [element: string]: string | number | XmlContent | readonly XmlContent[];
}

/** A document of one root element. */
export function xmlOf(root: string, content: XmlContent): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementOf(root, content)}`;
}

/** A refusal's document. */
export function errorXml({ code, message, details }: S3Error, requestId: string): string {
  return xmlOf('Error', { Code: code, Message: message, ...details, RequestId: requestId });
}

/** The texts of every element of a name, in a document whose shape is known; undefined where it is not XML. */
export function textsIn(xml: string, element: string): readonly string[] | undefined {
  if (!xml.trimStart().startsWith('<')) return undefined;
  const pattern = new RegExp(`<${element}>([^<]*)</${element}>`, 'gu');
  return [...xml.matchAll(pattern)].map(([, text]) => unescape(text ?? ''));
}

function elementOf(name: string, value: XmlContent[string]): string {
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  if (isList(value)) return value.map((item) => elementOf(name, item)).join('');
  const inner = Object.entries(value).map(([key, item]) => elementOf(key, item));
  return `<${name}>${inner.join('')}</${name}>`;
}

function isList(value: XmlContent | readonly XmlContent[]): value is readonly XmlContent[] {
  return Array.isArray(value);
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' } as const;

function escape(text: string): string {
  return Object.entries(ENTITIES).reduce((it, [raw, entity]) => it.replaceAll(raw, entity), text);
}

/** The ampersand last: `&amp;lt;` is `&lt;`, not `<`. */
function unescape(text: string): string {
  return Object.entries(ENTITIES)
    .toReversed()
    .reduce((it, [raw, entity]) => it.replaceAll(entity, raw), text)
    .replaceAll(/&#x?[\da-f]+;/giu, (it) => {
      const digits = it.slice(2, -1).toLowerCase();
      const code = digits.startsWith('x') ? Number(`0${digits}`) : Number(digits);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : it;
    });
}
