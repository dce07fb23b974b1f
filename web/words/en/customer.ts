/** English: the customer's side of the chat. */
import { wordsOf } from '../outcomes.ts';
import { conversation, failures, refusals } from './conversation.ts';

export const customer = {
  conversation: {
    ...conversation,
    placeholder: 'Write a message',
    beginning: 'This is where your conversation begins',
  },
  words: wordsOf({
    failures: {
      ...failures,
      not_found: 'Not sent: the conversation had gone. Retry begins it anew.',
    },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'The shop closed this conversation. Writing opens it again',
      reopened: 'The conversation is open again',
      other: 'The conversation changed',
    },
    away: (text) => text ?? 'The shop is away and will answer later',
    showsAgent: false,
  }),
  popup: {
    close: 'Close chat',
    online: 'Online',
    offline: 'Away, answers when back',
    lastSeen: (ago: string) => `Last seen ${ago}`,
    replies: (time: string) => `Usually replies in ${time}`,
    removeProduct: 'Ask without this product',
    askingAbout: 'You are asking about',
    vendor: 'the shop',
    refused: 'You are signed out of the chat. Reload the page to sign in again.',
    empty: (vendor: string) => ({
      title: `Ask ${vendor}`,
      text: 'Your question and the answer will be here, also when you come back later.',
    }),
  },
};
