/** English: the words of a conversation, the same for both sides. */
import { pluralOf } from '../plural.ts';

const plural = pluralOf('en');

export const conversation = {
  /** For times and prices. */
  locale: 'en-GB',
  log: 'Messages',
  message: 'Message',
  send: 'Send',
  retry: 'Retry',
  discard: 'Delete',
  deleted: 'This message was deleted',
  edited: '(edited)',
  newMessages: 'New messages',
  latest: 'Go to the latest message',
  latestWith: (count: number) =>
    plural(count, { one: 'Go to # new message', other: 'Go to # new messages' }),
  loadingOlder: 'Loading earlier messages',
  loading: 'Loading the conversation',
  loadFailed: {
    title: 'The messages did not come',
    text: 'Check your connection, then try again. What you write stays here.',
  },
  retryLoad: 'Try again',
  offline: 'You are offline — messages will be sent when you are back',
  notSent: 'Not sent',
  you: 'You',
  charactersLeft: (count: number) =>
    count < 0
      ? plural(-count, { one: '# character too many', other: '# characters too many' })
      : plural(count, { one: '# character left', other: '# characters left' }),
  typing: (name: string) => `${name} is typing`,
  attach: 'Add pictures or files',
  download: 'Download',
  openPicture: (name: string) => `Open the picture ${name}`,
  close: 'Close',
  tools: 'React, answer and more',
  reactions: 'Reactions',
  reaction: (emoji: string, count: number) =>
    `${emoji}, ${plural(count, { one: '# side', other: '# sides' })}`,
  answersTo: 'Answers to',
  earlierMessage: 'An earlier message',
  replyingTo: (name: string) => `Replying to ${name}`,
  editing: 'Editing your message',
  cancel: 'Cancel',
  pasteCut: (most: number) =>
    plural(most, {
      one: 'Only the beginning was pasted: a message has at most # character. Send a longer text as a file.',
      other:
        'Only the beginning was pasted: a message has at most # characters. Send a longer text as a file.',
    }),
  takePhoto: 'Take a photo',
  pausedFor: (seconds: number) =>
    plural(seconds, {
      one: 'You can write again in # second',
      other: 'You can write again in # seconds',
    }),
  emoji: 'Emoji',
  loadSeldom: async () => (await import('./seldom.ts')).seldom,
  loadEmoji: async () => (await import('./emoji.ts')).emoji,
  status: {
    sending: 'Sending',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not sent',
  },
};

/** Why a message was not sent, and what to do. */
export const failures = {
  rate_limited: 'Not sent: too many at once. Wait a moment, then retry.',
  too_large: 'Not sent: it is too long, or a file too large. Make it smaller and send it again.',
  unsupported: 'Not sent: files of this kind cannot be sent.',
  blocked: 'Not sent: this account is suspended.',
  invalid: 'Not sent: something in it is not allowed.',
  other: 'Not sent.',
};

/** Why a change was refused, as far as it is said without asking for more words. */
export const refusals = {
  unavailable: 'No connection just now. Try again when you are back online.',
  other: 'That did not work. Try again.',
};
