/** English: notifications. */
import { pluralOf } from '../plural.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('en');

export const notify = {
  locale: conversation.locale,
  kind: { image: 'A picture', file: 'A file', product: 'A product' },
  several: (from: string, count: number) =>
    `${from} · ${plural(count, { one: '# message', other: '# messages' })}`,
  summary: (messages: number, rooms: number) => ({
    title: plural(messages, { one: '# new message', other: '# new messages' }),
    text: plural(rooms, { one: 'In # conversation', other: 'In # conversations' }),
  }),
  prompt: {
    label: 'Notifications',
    question: 'Want to know at once when a customer writes, also while you look at something else?',
    yes: 'Yes, notify me',
    no: 'Not now',
  },
};
