/** What one can do with a message, and what a message has room for besides its words. */

/** A reaction as a chip shows it. */
export interface ReactionView {
  emoji: string;
  count: number;
  /** Whether the reader's side is among them. */
  mine: boolean;
}

/** The message that another one answers, in one line. */
export interface QuoteView {
  seq: number;
  /** Null where it is not loaded. */
  author: string | null;
  text: string | null;
}

/** A picture or file of a message. */
export interface AttachmentView {
  key: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  width?: number | undefined;
  height?: number | undefined;
  /** The file itself while it is at hand: shown before it is there. */
  body: Blob | null;
  /** 0 to 1 while it is on its way up, null otherwise. */
  progress: number | null;
}

/** What one may do with a stored message. */
export interface MessageActions {
  onReact: (seq: number, emoji: string, on: boolean) => void;
  onReply: (seq: number) => void;
  onEdit: (seq: number) => void;
  onRemove: (seq: number) => void;
  /** A short-lived address of an attachment. */
  loadFile: (key: string) => Promise<string>;
  /** Whose emoji of late this browser keeps; null while that is not known. */
  emojiScope: string | null;
}
