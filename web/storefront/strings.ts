/** Every word of the shop and its popup, in English. */
import type { ErrorCode } from '#protocol/errors.ts';

import { messageLabels } from '../ui/message/english.ts';
import { formatCount } from '../ui/text/format.ts';

const LOCALE = 'en-GB';

/** The words of the shop's pages. */
export const shop = {
  locale: LOCALE,
  brand: 'Bazari',
  tagline: 'Made by hand in Georgia. Ask the people who made it.',
  intro:
    'Four workshops, twelve things to live with. Something unclear? Write to the shop: a person answers.',
  heroQuestion: 'Could you glaze it in green?',
  heroAnswer: 'For you? With pleasure.',
  everything: 'Everything',
  filter: 'Shops',
  products: 'Products',
  inbox: 'Shop inbox',
  home: 'All products',
  notFoundTitle: 'There is no such product',
  notFoundText: 'It may be sold out, or the address has a typing error.',
  notFoundAction: 'See all products',
  by: 'by',
  chat: 'Chat with vendor',
  soldBy: 'Sold by',
  madeIn: (place: string) => `Workshop in ${place}`,
  since: (year: number) => `On Bazari since ${year}`,
  moreOf: (vendor: string) => `More from ${vendor}`,
  details: 'Details',
  picture: (index: number, title: string) => `${title}, picture ${index}`,
  pictures: 'Pictures',
  delivery: 'Delivered in Tbilisi in 1–2 days, elsewhere in Georgia in 3–5',
  footer:
    'Bazari is the demo shop of Parley, the open-source chat for marketplaces. Nothing here is for sale.',
};

/** The words of the popup. */
export const popup = {
  close: 'Close chat',
  online: 'Online',
  offline: 'Away, answers when back',
  lastSeen: (ago: string) => `Last seen ${ago}`,
  removeProduct: 'Ask without this product',
  askingAbout: 'You are asking about',
  refused: 'You are signed out of the chat. Reload the page to sign in again.',
  empty: (vendor: string) => ({
    title: `Ask ${vendor}`,
    text: 'Your question and the answer will be here, also when you come back later.',
  }),
};

/** The words of the conversation inside the popup. */
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
  too_large: 'Not sent: it is too long, or a file too large. Make it smaller and send it again.',
  unsupported: 'Not sent: files of this kind cannot be sent.',
  blocked: 'Not sent: your account is suspended.',
  not_found: 'Not sent: the conversation had gone. Retry begins it anew.',
  invalid: 'Not sent: something in it is not allowed.',
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
