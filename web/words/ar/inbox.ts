/** Arabic: the vendor's inbox. */
import type { inbox as english } from '../en/inbox.ts';
import { wordsOf } from '../outcomes.ts';
import { pluralOf } from '../plural.ts';
import { conversation, failures, refusals } from './conversation.ts';
import { desk } from './desk.ts';

const plural = pluralOf('ar');

export const inbox: typeof english = {
  locale: conversation.locale,
  title: (shop, unread) =>
    unread > 0 ? `(${unread}) صندوق الوارد · ${shop}` : `صندوق الوارد · ${shop}`,
  heading: 'صندوق الوارد',
  shop: 'زيارة المتجر',
  youAre: 'أنت',
  language: 'اللغة',
  skip: 'الانتقال إلى المحتوى',
  filters: 'عرض',
  filter: { waiting: 'بانتظارنا', all: 'الكل', unread: 'غير مقروءة', closed: 'مغلقة' },
  conversations: 'المحادثات',
  loading: 'جارٍ تحميل المحادثات',
  loadFailed: 'تعذّر تحميل المحادثات. تحقق من الاتصال ثم أعد المحاولة.',
  tryAgain: 'إعادة المحاولة',
  more: 'عرض المزيد',
  loadingMore: 'جارٍ تحميل المزيد',
  offline: conversation.offline,
  refused: 'تم تسجيل خروجك. أعد تحميل الصفحة لتسجيل الدخول مجددًا.',
  unread: (count) =>
    plural(count, {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '# رسائل غير مقروءة',
      many: '# رسالة غير مقروءة',
      other: '# رسالة غير مقروءة',
    }),
  online: 'متصل',
  away: 'غير متاح',
  lastSeen: (ago) => `آخر ظهور ${ago}`,
  closed: 'مغلقة',
  typing: 'يكتب…',
  noMessage: 'لا رسائل بعد',
  deleted: 'رسالة محذوفة',
  picture: 'صورة',
  file: 'ملف',
  note: 'تحديث الحالة',
  product: 'منتج',
  you: (preview) => `أنت: ${preview}`,
  back: 'العودة إلى المحادثات',
  empty: {
    waiting: {
      title: 'لا أحد ينتظر',
      text: 'سيظهر هنا كل عميل لم يتلقَّ جوابًا بعد، الأحدث أولًا.',
    },
    all: {
      title: 'لا محادثات بعد',
      text: 'عندما يكتب عميل من إحدى صفحات منتجاتك، تظهر رسالته هنا فورًا.',
    },
    unread: {
      title: 'كل شيء مقروء',
      text: 'ستظهر هنا المحادثات التي لم يقرأ رسائلها أحد منكم.',
    },
    closed: {
      title: 'لا شيء مغلق',
      text: 'المحادثات التي تغلقها تظهر هنا، وتعود عندما يكتب العميل.',
    },
  },
  nothingOpen: {
    title: 'اختر محادثة',
    text: 'ستظهر هنا الرسائل والمنتج الذي تدور حوله.',
  },
  missing: {
    title: 'هذه المحادثة ليست لك',
    text: 'إما أنها غير موجودة أو أنها تخص متجرًا آخر. اختر واحدة من القائمة.',
  },
  emptyRoom: {
    title: 'لم يُكتب شيء بعد',
    text: 'فتح العميل المحادثة. ستظهر رسالته الأولى هنا.',
  },
  context: 'حول هذه المحادثة',
  close: 'إغلاق المحادثة',
  reopen: 'إعادة فتح المحادثة',
  markUnread: 'وضع علامة غير مقروءة',
  notes: 'ملاحظات لفريقك فقط',
  newNote: 'اكتب ملاحظة',
  addNote: 'إضافة الملاحظة',
  deleteNote: 'حذف الملاحظة',
  notesFailed: 'تعذّر تحميل الملاحظات.',
  colleague: (name, isReplying) => (isReplying ? `${name} يرد الآن` : `${name} هنا أيضًا`),
  customer: 'العميل',
  asksAbout: 'يسأل عن',
  since: 'يراسلنا منذ',
  messages: 'الرسائل',
  conversation: {
    ...conversation,
    placeholder: 'اكتب جوابًا',
    beginning: 'هنا تبدأ المحادثة',
  },
  words: wordsOf({
    failures: { ...failures, not_found: 'لم تُرسل: هذه المحادثة لم تعد موجودة.' },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'أُغلقت المحادثة',
      reopened: 'فُتحت المحادثة من جديد',
      other: 'تغيّرت المحادثة',
    },
    away: (text) => (text === null ? 'أُرسل أثناء غيابك' : `أُرسل أثناء غيابك: ${text}`),
    showsAgent: true,
  }),
  desk,
};
