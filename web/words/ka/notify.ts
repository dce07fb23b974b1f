/** Georgian: notifications. */
import type { notify as english } from '../en/notify.ts';
import { pluralOf } from '../plural.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('ka');

export const notify: typeof english = {
  locale: conversation.locale,
  kind: { image: 'სურათი', file: 'ფაილი', product: 'ნივთი' },
  several: (from, count) => `${from} · ${plural(count, { other: '# შეტყობინება' })}`,
  summary: (messages, rooms) => ({
    title: plural(messages, { other: '# ახალი შეტყობინება' }),
    text: plural(rooms, { other: '# მიმოწერაში' }),
  }),
  prompt: {
    label: 'ცნობები',
    question: 'გსურთ მაშინვე გაიგოთ, როცა მომხმარებელი მოგწერთ, მაშინაც, როცა სხვა რამეს უყურებთ?',
    yes: 'დიახ, მაცნობეთ',
    no: 'ახლა არა',
  },
};
