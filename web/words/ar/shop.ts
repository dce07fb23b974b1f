/** Arabic: the pages of the demo shop. */
import type { ShopWords } from '../shop.ts';

export const shop: ShopWords = {
  locale: 'ar',
  brand: 'بازاري',
  tagline: 'صُنع يدويًا في جورجيا. اسأل من صنعه.',
  intro: 'أربع ورش واثنا عشر شيئًا للحياة. شيء غير واضح؟ اكتب للمتجر: يجيبك إنسان.',
  heroQuestion: 'هل يمكن طلاؤه بالأخضر؟',
  heroAnswer: 'لك؟ بكل سرور.',
  everything: 'الكل',
  filter: 'المتاجر',
  products: 'المنتجات',
  inbox: 'بريد المتجر',
  home: 'كل المنتجات',
  youAre: 'أنت',
  notFoundTitle: 'لا يوجد منتج كهذا',
  notFoundText: 'ربما نفد، أو في العنوان خطأ مطبعي.',
  notFoundAction: 'عرض كل المنتجات',
  soldBy: 'يبيعه',
  madeIn: (place) => `ورشة في ${place}`,
  since: (year) => `على بازاري منذ ${year}`,
  moreOf: (vendor) => `المزيد من ${vendor}`,
  details: 'التفاصيل',
  picture: (index, title) => `${title}، صورة ${index}`,
  pictures: 'الصور',
  delivery: 'التوصيل في تبليسي خلال 1–2 يوم، وفي بقية جورجيا خلال 3–5 أيام',
  footer: 'بازاري هو المتجر التجريبي لـ Parley، الدردشة مفتوحة المصدر للأسواق. لا شيء هنا للبيع.',
};
