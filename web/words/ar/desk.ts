/** Arabic: what the staff do in the inbox besides writing. */
import type { desk as english } from '../en/desk.ts';
import { pluralOf } from '../plural.ts';

const plural = pluralOf('ar');

export const desk: typeof english = {
  settings: 'الإعدادات',
  marked: 'معلَّمة كغير مقروءة',
  newer: (count) => plural(count, { other: '# جديدة في الأعلى' }),
  moreFailed: 'تعذّر تحميل المحادثات التالية.',
  waits: (age) => `ينتظر منذ ${age}`,
  assignedTo: (name) => `مسندة إلى ${name}`,
  backToRoom: 'العودة إلى المحادثة',
  askedBefore: 'سأل من قبل عن',
  noNotes: 'ما يجب أن يعرفه فريقك عن هذا العميل سيظهر هنا.',
  find: {
    label: 'البحث في المحادثات المحمَّلة',
    placeholder: 'ابحث عن اسم أو منتج أو وسم',
    nothing: {
      title: 'لا توجد نتائج',
      text: 'يشمل البحث المحادثات المحمَّلة فقط. جرّب كلمة أخرى أو حمّل المزيد.',
    },
    searched: (count) =>
      plural(count, {
        zero: 'لم يُبحث في أي محادثة',
        one: 'تم البحث في محادثة واحدة محمَّلة',
        two: 'تم البحث في محادثتين محمَّلتين',
        few: 'تم البحث في # محادثات محمَّلة',
        many: 'تم البحث في # محادثة محمَّلة',
        other: 'تم البحث في # محادثة محمَّلة',
      }),
    loadMore: 'تحميل المزيد',
  },
  choose: {
    several: 'اختيار عدة محادثات',
    all: (count) => plural(count, { other: 'كل المحمَّلة (#)' }),
    end: 'تم',
    count: (count) => plural(count, { other: 'المختارة: #' }),
  },
  bulk: {
    close: 'إغلاق',
    reopen: 'إعادة الفتح',
    progress: {
      close: (done, total) => `جارٍ الإغلاق: ${done} من ${total}`,
      reopen: (done, total) => `جارٍ إعادة الفتح: ${done} من ${total}`,
    },
    stop: 'إيقاف',
    done: {
      close: (count) =>
        plural(count, {
          zero: 'لم تُغلق أي محادثة',
          one: 'أُغلقت محادثة واحدة',
          two: 'أُغلقت محادثتان',
          few: 'أُغلقت # محادثات',
          many: 'أُغلقت # محادثة',
          other: 'أُغلقت # محادثة',
        }),
      reopen: (count) =>
        plural(count, {
          zero: 'لم يُعَد فتح أي محادثة',
          one: 'أُعيد فتح محادثة واحدة',
          two: 'أُعيد فتح محادثتين',
          few: 'أُعيد فتح # محادثات',
          many: 'أُعيد فتح # محادثة',
          other: 'أُعيد فتح # محادثة',
        }),
    },
    failed: (names) => `لم ينجح مع: ${names}`,
    again: 'إعادة المحاولة معها',
    undo: 'تراجع',
    dismiss: 'إخفاء',
  },
  help: {
    open: 'اختصارات لوحة المفاتيح',
    title: 'اختصارات لوحة المفاتيح',
    close: 'إغلاق المساعدة',
    use: 'استخدام هذه الاختصارات',
    keys: {
      next: 'المحادثة التالية',
      previous: 'المحادثة السابقة',
      close: 'إغلاق المحادثة أو إعادة فتحها',
      compose: 'كتابة رد',
      replies: 'الردود المحفوظة',
      help: 'هذه المساعدة',
    },
  },
  newerMessages: {
    ask: (count) =>
      plural(count, {
        zero: 'لا رسائل أحدث. هل تريد الإرسال؟',
        one: 'رسالة أحدث. هل تريد الإرسال رغم ذلك؟',
        two: 'رسالتان أحدث. هل تريد الإرسال رغم ذلك؟',
        few: '# رسائل أحدث. هل تريد الإرسال رغم ذلك؟',
        many: '# رسالة أحدث. هل تريد الإرسال رغم ذلك؟',
        other: '# رسالة أحدث. هل تريد الإرسال رغم ذلك؟',
      }),
    send: 'الإرسال رغم ذلك',
    keep: 'متابعة الكتابة',
  },
  replies: {
    label: 'الردود المحفوظة',
    several: (count) =>
      plural(count, {
        zero: 'لا رسائل',
        one: 'رسالة واحدة',
        two: 'رسالتان',
        few: '# رسائل',
        many: '# رسالة',
        other: '# رسالة',
      }),
    loading: 'جارٍ تحميل الردود المحفوظة',
    failed: 'تعذّر تحميل الردود المحفوظة. تحقق من الاتصال ثم اكتب / من جديد.',
    none: 'لا توجد ردود محفوظة بعد. أضفها في الإعدادات.',
    nothing: 'لا يوجد رد محفوظ مناسب. تابع الكتابة لإرسال النص كما هو.',
    following: 'يُرسل بعدها مباشرة',
    leaveOut: 'حذف من الإرسال',
  },
  assign: {
    title: 'مسندة إلى',
    take: 'إسنادها إليّ',
    nobody: 'لا أحد',
    me: (name) => `${name} (أنت)`,
  },
  labels: {
    title: 'الوسوم',
    remove: (label) => `إزالة الوسم ${label}`,
    add: 'إضافة وسم',
    name: 'الوسم ثم Enter',
    used: 'وسوم مستخدمة',
  },
};
