/** Arabic: what is said only after one asked for something; fetched then. */
import type * as english from '../en/seldom.ts';

export const seldom: typeof english.seldom = {
  reactWith: (emoji) => `التفاعل بـ ${emoji}`,
  reply: 'رد',
  edit: 'تعديل',
  remove: 'حذف',
  removeForAll: 'حذف لدى الجميع؟',
  nextPicture: 'الصورة التالية',
  previousPicture: 'الصورة السابقة',
  fileTooLarge: (name) => `حجم ${name} أكبر من 25 ميغابايت.`,
  fileUnsupported: (name) => `${name}: لا يمكن إرسال ملفات من هذا النوع.`,
  fileEmpty: (name) => `الملف ${name} فارغ.`,
  filesTooMany: (name) => `${name}: هذه ملفات كثيرة دفعة واحدة.`,
};

export const refusals: typeof english.refusals = {
  rate_limited: 'تغييرات كثيرة دفعة واحدة. انتظر قليلًا ثم أعد المحاولة.',
  forbidden: 'لم يعد من الممكن تغيير هذه الرسالة.',
  not_found: 'هذه الرسالة لم تعد موجودة.',
  unsupported: 'لا يمكن إرسال ملفات من هذا النوع. يمكن إرسال الصور وملفات PDF والمستندات.',
  too_large: 'هذا كثير دفعة واحدة: حتى 10 ملفات، حجم كل منها 25 ميغابايت.',
  invalid: 'لا يمكن إرسال هذا. الملف الفارغ مثلًا ليس فيه ما يُعرض.',
};
