/** Arabic: notifications. */
import type { notify as english } from '../en/notify.ts';
import { pluralOf } from '../plural.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('ar');

const MESSAGES = {
  zero: 'لا رسائل',
  one: 'رسالة واحدة',
  two: 'رسالتان',
  few: '# رسائل',
  many: '# رسالة',
  other: '# رسالة',
};

export const notify: typeof english = {
  locale: conversation.locale,
  kind: { image: 'صورة', file: 'ملف', product: 'منتج' },
  several: (from, count) => `${from} · ${plural(count, MESSAGES)}`,
  summary: (messages, rooms) => ({
    title: plural(messages, {
      zero: 'لا رسائل جديدة',
      one: 'رسالة جديدة',
      two: 'رسالتان جديدتان',
      few: '# رسائل جديدة',
      many: '# رسالة جديدة',
      other: '# رسالة جديدة',
    }),
    text: plural(rooms, {
      zero: 'في أي محادثة',
      one: 'في محادثة واحدة',
      two: 'في محادثتين',
      few: 'في # محادثات',
      many: 'في # محادثة',
      other: 'في # محادثة',
    }),
  }),
  prompt: {
    label: 'الإشعارات',
    question: 'هل تريد أن تعرف فورًا عندما يكتب عميل، حتى وأنت تنظر إلى شيء آخر؟',
    yes: 'نعم، أشعرني',
    no: 'ليس الآن',
  },
};
