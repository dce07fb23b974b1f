/** English: a customer's conversations with all shops. */
import { pluralOf } from '../plural.ts';

const plural = pluralOf('en');

export const page = {
  heading: 'Messages',
  conversations: 'Conversations',
  loading: 'Loading your conversations',
  loadFailed: 'Your conversations could not be loaded. Check your connection, then try again.',
  tryAgain: 'Try again',
  more: 'Show more',
  loadingMore: 'Loading more',
  refused: 'You are signed out of the chat. Sign in again to go on.',
  signIn: 'Sign in',
  signedOut: {
    title: 'Sign in to see your messages',
    text: 'Your conversations with the shops wait for you here.',
  },
  unread: (count: number) => plural(count, { other: '# unread' }),
  markedUnread: 'Marked as unread',
  online: 'Online',
  closed: 'Closed',
  muted: 'Muted',
  typing: 'Typing…',
  noMessage: 'No message yet',
  deleted: 'Message deleted',
  picture: 'Picture',
  file: 'File',
  note: 'Status update',
  product: 'Product',
  you: (preview: string) => `You: ${preview}`,
  back: 'All conversations',
  mute: 'Mute this shop',
  unmute: 'Unmute this shop',
  markUnread: 'Mark as unread',
  aboutProduct: 'About this product',
  empty: {
    title: 'No messages yet',
    text: 'Ask a shop about something you like. Your question and the answer will be here.',
  },
  nothingOpen: {
    title: 'Choose a conversation',
    text: 'The messages with the shop will be here.',
  },
  missing: {
    title: 'This conversation is not here',
    text: 'The link may be incomplete, or the conversation belongs to somebody else.',
  },
  emptyRoom: {
    title: 'Nothing written yet',
    text: 'Write the first message. The answer will be here, also when you come back later.',
  },
};
