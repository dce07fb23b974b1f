/** The words of a conversation; each app hands them in, in the reader's language. */
import type { DeliveryStatus } from './rows.ts';

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
  status: Record<DeliveryStatus, string>;
}
