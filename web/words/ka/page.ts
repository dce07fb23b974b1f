/** Georgian: a customer's conversations with all shops. */
import { pluralOf } from '../plural.ts';
import type { page as english } from '../en/page.ts';

const plural = pluralOf('ka');

export const page: typeof english = {
  heading: 'შეტყობინებები',
  conversations: 'მიმოწერები',
  loading: 'თქვენი მიმოწერები იტვირთება',
  loadFailed: 'თქვენი მიმოწერები ვერ ჩაიტვირთა. შეამოწმეთ კავშირი და სცადეთ ხელახლა.',
  tryAgain: 'ხელახლა ცდა',
  more: 'მეტის ჩვენება',
  loadingMore: 'იტვირთება',
  refused: 'ჩატიდან გამოსული ხართ. გასაგრძელებლად ხელახლა შედით.',
  signIn: 'შესვლა',
  signedOut: {
    title: 'შეტყობინებების სანახავად შედით',
    text: 'თქვენი მიმოწერა მაღაზიებთან აქ გელოდებათ.',
  },
  unread: (count) => plural(count, { other: '# წაუკითხავი' }),
  markedUnread: 'მონიშნულია წაუკითხავად',
  online: 'ონლაინ',
  closed: 'დახურულია',
  muted: 'დადუმებულია',
  typing: 'წერს…',
  noMessage: 'შეტყობინება ჯერ არ არის',
  deleted: 'შეტყობინება წაშლილია',
  picture: 'სურათი',
  file: 'ფაილი',
  note: 'სტატუსის ცვლილება',
  product: 'ნივთი',
  you: (preview) => `თქვენ: ${preview}`,
  back: 'ყველა მიმოწერა',
  mute: 'ამ მაღაზიის დადუმება',
  unmute: 'დადუმების მოხსნა',
  markUnread: 'წაუკითხავად მონიშვნა',
  aboutProduct: 'ამ ნივთის შესახებ',
  empty: {
    title: 'შეტყობინებები ჯერ არ გაქვთ',
    text: 'ჰკითხეთ მაღაზიას იმაზე, რაც მოგეწონათ. კითხვა და პასუხი აქ გამოჩნდება.',
  },
  nothingOpen: {
    title: 'აირჩიეთ მიმოწერა',
    text: 'მაღაზიასთან მიმოწერა აქ გამოჩნდება.',
  },
  missing: {
    title: 'ასეთი მიმოწერა აქ არ არის',
    text: 'ბმული შეიძლება არასრულია, ან მიმოწერა სხვას ეკუთვნის.',
  },
  emptyRoom: {
    title: 'ჯერ არაფერი დაწერილა',
    text: 'დაწერეთ პირველი შეტყობინება. პასუხი აქ იქნება, მაშინაც, როცა მოგვიანებით დაბრუნდებით.',
  },
};
