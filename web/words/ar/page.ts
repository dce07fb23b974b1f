/** Arabic: a customer's conversations with all shops. */
import { pluralOf } from '../plural.ts';
import type { page as english } from '../en/page.ts';

const plural = pluralOf('ar');

export const page: typeof english = {
  heading: 'الرسائل',
  conversations: 'المحادثات',
  loading: 'جارٍ تحميل محادثاتك',
  loadFailed: 'تعذّر تحميل محادثاتك. تحقّق من اتصالك ثم حاول مرة أخرى.',
  tryAgain: 'إعادة المحاولة',
  more: 'عرض المزيد',
  loadingMore: 'جارٍ تحميل المزيد',
  refused: 'لقد سُجّل خروجك من الدردشة. سجّل الدخول مرة أخرى للمتابعة.',
  signIn: 'تسجيل الدخول',
  signedOut: {
    title: 'سجّل الدخول لترى رسائلك',
    text: 'محادثاتك مع المتاجر تنتظرك هنا.',
  },
  unread: (count) =>
    plural(count, {
      zero: 'لا رسائل غير مقروءة',
      one: 'رسالة واحدة غير مقروءة',
      two: 'رسالتان غير مقروءتين',
      few: '# رسائل غير مقروءة',
      many: '# رسالة غير مقروءة',
      other: '# رسالة غير مقروءة',
    }),
  markedUnread: 'معلّمة كغير مقروءة',
  online: 'متصل',
  closed: 'مغلقة',
  muted: 'مكتومة',
  typing: 'يكتب…',
  noMessage: 'لا رسائل بعد',
  deleted: 'حُذفت الرسالة',
  picture: 'صورة',
  file: 'ملف',
  note: 'تحديث للحالة',
  product: 'منتج',
  you: (preview) => `أنت: ${preview}`,
  back: 'كل المحادثات',
  mute: 'كتم هذا المتجر',
  unmute: 'إلغاء الكتم',
  markUnread: 'تعليم كغير مقروءة',
  aboutProduct: 'عن هذا المنتج',
  empty: {
    title: 'لا رسائل بعد',
    text: 'اسأل متجرًا عن شيء أعجبك. سيظهر سؤالك والجواب هنا.',
  },
  nothingOpen: {
    title: 'اختر محادثة',
    text: 'ستظهر الرسائل مع المتجر هنا.',
  },
  missing: {
    title: 'هذه المحادثة ليست هنا',
    text: 'ربما كان الرابط ناقصًا، أو أن المحادثة تخصّ شخصًا آخر.',
  },
  emptyRoom: {
    title: 'لم يُكتب شيء بعد',
    text: 'اكتب الرسالة الأولى. سيكون الجواب هنا، حتى إذا عدت لاحقًا.',
  },
};
