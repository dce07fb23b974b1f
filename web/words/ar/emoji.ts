/** Arabic: the words of the emoji picker, loaded with it. */
import type * as english from '../en/emoji.ts';

export const emoji: typeof english.emoji = {
  search: 'ابحث عن رمز تعبيري',
  none: 'لا يوجد رمز بهذا الاسم',
  recent: 'المستخدمة مؤخرًا',
  groups: {
    smileys: 'وجوه',
    people: 'أشخاص',
    nature: 'حيوانات وطبيعة',
    food: 'طعام وشراب',
    travel: 'سفر وأماكن',
    activities: 'أنشطة',
    objects: 'أشياء',
    symbols: 'رموز',
    flags: 'أعلام',
  },
};
