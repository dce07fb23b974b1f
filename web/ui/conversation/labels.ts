/** The words of a conversation; each app hands them in, in the reader's language. */
import type { EmojiLabels } from '../emoji/labels.ts';
import type { DeliveryStatus } from './rows.ts';

/** What is said only after one asked for something: tools, the viewer, and files that stay behind. */
export interface SeldomLabels {
  reactWith: (emoji: string) => string;
  reply: string;
  edit: string;
  remove: string;
  /** The same button, asked a second time. */
  removeForAll: string;
  nextPicture: string;
  previousPicture: string;
  fileTooLarge: (name: string) => string;
  fileUnsupported: (name: string) => string;
  fileEmpty: (name: string) => string;
  filesTooMany: (name: string) => string;
}

/** Every string that the conversation's components show or say. */
export interface ConversationLabels {
  /** A BCP 47 tag, for times and prices. */
  locale: string;
  log: string;
  message: string;
  placeholder: string;
  send: string;
  retry: string;
  discard: string;
  deleted: string;
  edited: string;
  newMessages: string;
  latest: string;
  latestWith: (count: number) => string;
  loadingOlder: string;
  loading: string;
  loadFailed: { title: string; text: string };
  retryLoad: string;
  offline: string;
  beginning: string;
  notSent: string;
  you: string;
  charactersLeft: (count: number) => string;
  typing: (name: string) => string;
  attach: string;
  download: string;
  openPicture: (name: string) => string;
  close: string;
  tools: string;
  reactions: string;
  /** A reaction's chip: "👍, 2 people". */
  reaction: (emoji: string, count: number) => string;
  answersTo: string;
  /** Stands for a message that is not loaded. */
  earlierMessage: string;
  replyingTo: (name: string) => string;
  editing: string;
  cancel: string;
  /** More was pasted than the field takes. */
  pasteCut: (most: number) => string;
  takePhoto: string;
  /** Whole seconds until one may write again. */
  pausedFor: (seconds: number) => string;
  emoji: string;
  /** The words of the parts that come later, in one. */
  loadSeldom: () => Promise<SeldomLabels>;
  /** The words of the picker, which come with it. */
  loadEmoji: () => Promise<EmojiLabels>;
  status: Record<DeliveryStatus, string>;
}
