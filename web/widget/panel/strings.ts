/** Every word of the open chat, in English. Those of the launcher, which is loaded before it, stand in `../words.ts`. */
import type { ErrorCode } from '#protocol/errors.ts';

import { messageLabels } from '../../ui/message/english.ts';
import { formatCount } from '../../ui/text/format.ts';

const LOCALE = 'en';

/** The words around the conversation. */
export const panel = {
  close: 'Close chat',
  online: 'Online',
  offline: 'Away, answers when back',
  lastSeen: (ago: string) => `Last seen ${ago}`,
  removeProduct: 'Ask without this product',
  askingAbout: 'You are asking about',
  vendor: 'the shop',
  refused: 'You are signed out of the chat. Reload the page to sign in again.',
  empty: (vendor: string) => ({
    title: `Ask ${vendor}`,
    text: 'Your question and the answer will be here, also when you come back later.',
  }),
};

/** The words of the conversation. */
export const conversation = {
  locale: LOCALE,
  log: 'Messages',
  message: 'Message',
  placeholder: 'Write a message',
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
  offline: 'You are offline — messages will be sent when you are back',
  beginning: 'This is where your conversation begins',
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
  too_large: 'Not sent: it is too long. Copy it, make it shorter and send it again.',
  blocked: 'Not sent: your account is suspended.',
  not_found: 'Not sent: the conversation had gone. Retry begins it anew.',
  invalid: 'Not sent: something in it is not allowed.',
};

const REFUSALS: Partial<Record<ErrorCode, string>> = {
  rate_limited: 'Too many changes at once. Wait a moment, then try again.',
  forbidden: 'That message can no longer be changed.',
  not_found: 'That message is not there any more.',
  unavailable: 'No connection just now. Try again when you are back online.',
};

/** The words that depend on what a message is. */
export const words = {
  note: (event: string, params: Record<string, unknown>) =>
    event === 'away' ? awayNote(params) : (NOTES[event] ?? 'The conversation changed'),
  failure: (code: ErrorCode) => FAILURES[code] ?? 'Not sent.',
  refused: (code: ErrorCode) => REFUSALS[code] ?? 'That did not work. Try again.',
  attachment: (names: readonly string[]) => names.join(', '),
  showsAgent: false,
};

const NOTES: Partial<Record<string, string>> = {
  closed: 'The shop closed this conversation. Writing opens it again',
  reopened: 'The conversation is open again',
};

function awayNote({ text }: Record<string, unknown>): string {
  return typeof text === 'string' ? text : 'The shop is away and will answer later';
}

function characters(count: number): string {
  return `${formatCount(count, LOCALE)} ${count === 1 ? 'character' : 'characters'}`;
}
