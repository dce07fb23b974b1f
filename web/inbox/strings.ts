/** Every word of the inbox, in English. */
import type { ErrorCode } from '#protocol/errors.ts';
import type { RoomFilter } from '#protocol/http-routes.ts';

import { messageLabels } from '../ui/message/english.ts';
import { formatCount } from '../ui/text/format.ts';

const LOCALE = 'en-GB';

/** The words around the list. */
export const inbox = {
  locale: LOCALE,
  title: (shop: string, unread: number) =>
    unread > 0 ? `(${unread}) Inbox · ${shop}` : `Inbox · ${shop}`,
  heading: 'Inbox',
  shop: 'Visit the shop',
  filters: 'Show',
  filter: {
    waiting: 'Waiting for us',
    all: 'All',
    unread: 'Unread',
    closed: 'Closed',
  } satisfies Record<RoomFilter, string>,
  conversations: 'Conversations',
  loading: 'Loading conversations',
  loadFailed: 'The conversations could not be loaded. Check your connection, then try again.',
  tryAgain: 'Try again',
  more: 'Show more',
  loadingMore: 'Loading more',
  offline: 'You are offline — messages will be sent when you are back',
  refused: 'You are signed out. Reload the page to sign in again.',
  unread: (count: number) => `${count} unread`,
  online: 'Online',
  away: 'Away',
  lastSeen: (ago: string) => `Last seen ${ago}`,
  closed: 'Closed',
  typing: 'Typing…',
  noMessage: 'No message yet',
  deleted: 'Message deleted',
  picture: 'Picture',
  file: 'File',
  note: 'Status update',
  product: 'Product',
  you: (preview: string) => `You: ${preview}`,
  back: 'Back to the conversations',
  empty: {
    waiting: {
      title: 'Nobody is waiting',
      text: 'A customer who has no answer yet will be here, the latest first.',
    },
    all: {
      title: 'No conversations yet',
      text: 'When a customer writes from one of your product pages, it will be here at once.',
    },
    unread: {
      title: 'All read',
      text: 'Conversations with messages that nobody of you has read will be here.',
    },
    closed: {
      title: 'Nothing closed',
      text: 'Conversations that you close will be here, and come back when the customer writes.',
    },
  } satisfies Record<RoomFilter, { title: string; text: string }>,
  nothingOpen: {
    title: 'Choose a conversation',
    text: 'The messages and the product they are about will be here.',
  },
  missing: {
    title: 'This conversation is not yours',
    text: 'It does not exist, or it belongs to another shop. Choose one from the list.',
  },
  emptyRoom: {
    title: 'Nothing written yet',
    text: 'The customer opened the chat. Their first message will be here.',
  },
  context: 'About this conversation',
  close: 'Close the conversation',
  reopen: 'Open the conversation again',
  markUnread: 'Mark as unread',
  notes: 'Notes, for your team only',
  newNote: 'Write a note',
  addNote: 'Add the note',
  deleteNote: 'Delete the note',
  notesFailed: 'The notes could not be loaded.',
  colleague: (name: string, isReplying: boolean) =>
    isReplying ? `${name} is answering` : `${name} is here too`,
  customer: 'Customer',
  asksAbout: 'Asks about',
  since: 'Writing with us since',
  messages: 'Messages',
};

/** The words of the conversation itself. */
export const conversation = {
  locale: LOCALE,
  log: 'Messages',
  message: 'Message',
  placeholder: 'Write an answer',
  send: 'Send',
  retry: 'Retry',
  discard: 'Delete',
  deleted: 'This message was deleted',
  edited: '(edited)',
  newMessages: 'New messages',
  latest: 'Go to the latest message',
  latestWith: (count: number) =>
    count === 1 ? 'Go to 1 new message' : `Go to ${count} new messages`,
  loadingOlder: 'Loading earlier messages',
  loading: 'Loading the conversation',
  loadFailed: {
    title: 'The messages did not come',
    text: 'Check your connection, then try again. What you write stays here.',
  },
  retryLoad: 'Try again',
  offline: inbox.offline,
  beginning: 'This is where the conversation begins',
  notSent: 'Not sent',
  you: 'You',
  charactersLeft: (count: number) =>
    count < 0 ? `${characters(-count)} too many` : `${characters(count)} left`,
  typing: (name: string) => `${name} is typing`,
  ...messageLabels,
  status: {
    sending: 'Sending',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },
};

const FAILURES: Partial<Record<ErrorCode, string>> = {
  rate_limited: 'Not sent: too many at once. Wait a moment, then retry.',
  too_large: 'Not sent: it is too long, or a file too large. Make it smaller and send it again.',
  unsupported: 'Not sent: files of this kind cannot be sent.',
  blocked: 'Not sent: this account is suspended.',
  not_found: 'Not sent: this conversation is not there any more.',
  invalid: 'Not sent: something in it is not allowed.',
};

const NOTES: Partial<Record<string, string>> = {
  closed: 'Conversation closed',
  reopened: 'Conversation open again',
};

const REFUSALS: Partial<Record<ErrorCode, string>> = {
  rate_limited: 'Too many changes at once. Wait a moment, then try again.',
  forbidden: 'That message can no longer be changed.',
  not_found: 'That message is not there any more.',
  unsupported: 'Files of this kind cannot be sent. Pictures, PDFs and documents can.',
  too_large: 'That is too much at once: up to 10 files, of 25 MB each.',
  invalid: 'That cannot be sent. An empty file, for example, has nothing to show.',
  unavailable: 'No connection just now. Try again when you are back online.',
};

/** The words that depend on what a message is. */
export const words = {
  note: (event: string, params: Record<string, unknown>) =>
    event === 'away' ? awayNote(params) : (NOTES[event] ?? 'The conversation changed'),
  failure: (code: ErrorCode) => FAILURES[code] ?? 'Not sent.',
  refused: (code: ErrorCode) => REFUSALS[code] ?? 'That did not work. Try again.',
  attachment: (names: readonly string[]) => names.join(', '),
  showsAgent: true,
};

function awayNote({ text }: Record<string, unknown>): string {
  return typeof text === 'string' ? `Sent while you are away: ${text}` : 'Sent while you are away';
}

function characters(count: number): string {
  return `${formatCount(count, LOCALE)} ${count === 1 ? 'character' : 'characters'}`;
}
