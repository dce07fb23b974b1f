/** The words that a notification needs; the applications bring them in the reader's language. */

/** The area `notify` of the catalogue has all of them. */
export interface NotifyWords {
  /** Their language, a BCP 47 tag. */
  readonly locale: string;
  /** What a message without words is. */
  readonly kind: Readonly<Record<'image' | 'file' | 'product', string>>;
  /** Above the latest of several messages: "Nino · 3 messages". */
  readonly several: (from: string, count: number) => string;
  /** Messages of more rooms than are told one by one. */
  readonly summary: (messages: number, rooms: number) => { title: string; text: string };
}
