/** English: the vendor's inbox. */
import { wordsOf } from '../outcomes.ts';
import { pluralOf } from '../plural.ts';
import { conversation, failures, refusals } from './conversation.ts';
import { desk } from './desk.ts';

const plural = pluralOf('en');

export const inbox = {
  locale: conversation.locale,
  title: (shop: string, unread: number) =>
    unread > 0 ? `(${unread}) Inbox · ${shop}` : `Inbox · ${shop}`,
  heading: 'Inbox',
  shop: 'Visit the shop',
  youAre: 'You are',
  language: 'Language',
  skip: 'Skip to the content',
  filters: 'Show',
  filter: { waiting: 'Waiting for us', all: 'All', unread: 'Unread', closed: 'Closed' },
  conversations: 'Conversations',
  loading: 'Loading conversations',
  loadFailed: 'The conversations could not be loaded. Check your connection, then try again.',
  tryAgain: 'Try again',
  more: 'Show more',
  loadingMore: 'Loading more',
  offline: conversation.offline,
  refused: 'You are signed out. Reload the page to sign in again.',
  unread: (count: number) => plural(count, { other: '# unread' }),
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
  },
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
  conversation: {
    ...conversation,
    placeholder: 'Write an answer',
    beginning: 'This is where the conversation begins',
  },
  words: wordsOf({
    failures: { ...failures, not_found: 'Not sent: this conversation is not there any more.' },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'Conversation closed',
      reopened: 'Conversation open again',
      other: 'The conversation changed',
    },
    away: (text) =>
      text === null ? 'Sent while you are away' : `Sent while you are away: ${text}`,
    showsAgent: true,
  }),
  desk,
};
