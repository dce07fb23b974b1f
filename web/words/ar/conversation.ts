/** Arabic: the words of a conversation, the same for both sides. */
import type * as english from '../en/conversation.ts';
import { pluralOf } from '../plural.ts';

const plural = pluralOf('ar');

export const conversation: typeof english.conversation = {
  locale: 'ar',
  log: 'الرسائل',
  message: 'رسالة',
  send: 'إرسال',
  retry: 'إعادة الإرسال',
  discard: 'حذف',
  deleted: 'حُذفت هذه الرسالة',
  edited: '(معدّلة)',
  newMessages: 'رسائل جديدة',
  latest: 'الانتقال إلى آخر رسالة',
  latestWith: (count) =>
    plural(count, {
      zero: 'الانتقال إلى آخر رسالة',
      one: 'الانتقال إلى رسالة جديدة',
      two: 'الانتقال إلى رسالتين جديدتين',
      few: 'الانتقال إلى # رسائل جديدة',
      many: 'الانتقال إلى # رسالة جديدة',
      other: 'الانتقال إلى # رسالة جديدة',
    }),
  loadingOlder: 'جارٍ تحميل الرسائل السابقة',
  loading: 'جارٍ تحميل المحادثة',
  loadFailed: {
    title: 'لم تصل الرسائل',
    text: 'تحقق من الاتصال ثم أعد المحاولة. ما تكتبه يبقى هنا.',
  },
  retryLoad: 'إعادة المحاولة',
  offline: 'لا يوجد اتصال — ستُرسل الرسائل عند عودة الاتصال',
  notSent: 'لم تُرسل',
  you: 'أنت',
  charactersLeft: (count) =>
    count < 0
      ? plural(-count, {
          zero: 'لا حرف زائد',
          one: 'حرف واحد زائد',
          two: 'حرفان زائدان',
          few: '# أحرف زائدة',
          many: '# حرفًا زائدًا',
          other: '# حرف زائد',
        })
      : plural(count, {
          zero: 'لم يبقَ أي حرف',
          one: 'بقي حرف واحد',
          two: 'بقي حرفان',
          few: 'بقيت # أحرف',
          many: 'بقي # حرفًا',
          other: 'بقي # حرف',
        }),
  typing: (name) => `${name} يكتب الآن`,
  attach: 'إضافة صور أو ملفات',
  download: 'تنزيل',
  openPicture: (name) => `فتح الصورة ${name}`,
  close: 'إغلاق',
  tools: 'تفاعل ورد والمزيد',
  reactions: 'التفاعلات',
  reaction: (emoji, count) =>
    `${emoji}، ${plural(count, {
      zero: 'لا أحد',
      one: 'طرف واحد',
      two: 'طرفان',
      few: '# أطراف',
      many: '# طرفًا',
      other: '# طرف',
    })}`,
  answersTo: 'رد على',
  earlierMessage: 'رسالة سابقة',
  replyingTo: (name) => `الرد على ${name}`,
  editing: 'تعديل رسالتك',
  cancel: 'إلغاء',
  pasteCut: (most) =>
    plural(most, {
      zero: 'أُلصقت البداية فقط: طول الرسالة # حرف على الأكثر. أرسل النص الأطول كملف.',
      one: 'أُلصقت البداية فقط: طول الرسالة حرف واحد على الأكثر. أرسل النص الأطول كملف.',
      two: 'أُلصقت البداية فقط: طول الرسالة حرفان على الأكثر. أرسل النص الأطول كملف.',
      few: 'أُلصقت البداية فقط: طول الرسالة # أحرف على الأكثر. أرسل النص الأطول كملف.',
      many: 'أُلصقت البداية فقط: طول الرسالة # حرفًا على الأكثر. أرسل النص الأطول كملف.',
      other: 'أُلصقت البداية فقط: طول الرسالة # حرف على الأكثر. أرسل النص الأطول كملف.',
    }),
  takePhoto: 'التقاط صورة',
  pausedFor: (seconds) =>
    plural(seconds, {
      zero: 'يمكنك الكتابة مجددًا الآن',
      one: 'يمكنك الكتابة مجددًا بعد ثانية واحدة',
      two: 'يمكنك الكتابة مجددًا بعد ثانيتين',
      few: 'يمكنك الكتابة مجددًا بعد # ثوانٍ',
      many: 'يمكنك الكتابة مجددًا بعد # ثانية',
      other: 'يمكنك الكتابة مجددًا بعد # ثانية',
    }),
  emoji: 'رموز تعبيرية',
  loadSeldom: async () => (await import('./seldom.ts')).seldom,
  loadEmoji: async () => (await import('./emoji.ts')).emoji,
  status: {
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    delivered: 'وصلت',
    read: 'قُرئت',
    failed: 'لم تُرسل',
  },
};

export const failures: typeof english.failures = {
  rate_limited: 'لم تُرسل: عدد كبير دفعة واحدة. انتظر قليلًا ثم أعد الإرسال.',
  too_large: 'لم تُرسل: النص طويل جدًا أو أحد الملفات كبير جدًا. صغّره ثم أرسله مجددًا.',
  unsupported: 'لم تُرسل: لا يمكن إرسال ملفات من هذا النوع.',
  blocked: 'لم تُرسل: هذا الحساب موقوف.',
  invalid: 'لم تُرسل: تحتوي على شيء غير مسموح به.',
  other: 'لم تُرسل.',
};

export const refusals: typeof english.refusals = {
  unavailable: 'لا يوجد اتصال الآن. أعد المحاولة عند عودة الاتصال.',
  other: 'لم ينجح ذلك. أعد المحاولة.',
};
