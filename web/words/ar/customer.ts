/** Arabic: the customer's side of the chat. */
import type { customer as english } from '../en/customer.ts';
import { wordsOf } from '../outcomes.ts';
import { conversation, failures, refusals } from './conversation.ts';

export const customer: typeof english = {
  conversation: {
    ...conversation,
    placeholder: 'اكتب رسالة',
    beginning: 'هنا تبدأ محادثتك',
  },
  words: wordsOf({
    failures: {
      ...failures,
      not_found: 'لم تُرسل: لم تعد المحادثة موجودة. إعادة الإرسال تبدأها من جديد.',
    },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'أغلق المتجر هذه المحادثة. الكتابة تفتحها من جديد',
      reopened: 'المحادثة مفتوحة من جديد',
      other: 'تغيّرت المحادثة',
    },
    away: (text) => text ?? 'المتجر غير متاح الآن وسيرد لاحقًا',
    showsAgent: false,
  }),
  popup: {
    close: 'إغلاق الدردشة',
    online: 'متصل',
    offline: 'غير متاح، يرد عند عودته',
    lastSeen: (ago) => `آخر ظهور ${ago}`,
    replies: (time) => `وقت الرد المعتاد: ${time}`,
    removeProduct: 'السؤال بدون هذا المنتج',
    askingAbout: 'سؤالك عن',
    vendor: 'المتجر',
    refused: 'تم تسجيل خروجك من الدردشة. أعد تحميل الصفحة لتسجيل الدخول مجددًا.',
    empty: (vendor) => ({
      title: `اسأل ${vendor}`,
      text: 'سيكون سؤالك والجواب هنا، حتى عندما تعود لاحقًا.',
    }),
  },
};
