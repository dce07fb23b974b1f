/** Georgian: the vendor's inbox. */
import type { inbox as english } from '../en/inbox.ts';
import { wordsOf } from '../outcomes.ts';
import { pluralOf } from '../plural.ts';
import { conversation, failures, refusals } from './conversation.ts';
import { desk } from './desk.ts';

const plural = pluralOf('ka');

export const inbox: typeof english = {
  locale: conversation.locale,
  title: (shop, unread) => (unread > 0 ? `(${unread}) ფოსტა · ${shop}` : `ფოსტა · ${shop}`),
  heading: 'ფოსტა',
  shop: 'მაღაზიის ნახვა',
  youAre: 'თქვენ ხართ',
  language: 'ენა',
  skip: 'მთავარ შინაარსზე გადასვლა',
  filters: 'ჩვენება',
  filter: { waiting: 'გველოდება', all: 'ყველა', unread: 'წაუკითხავი', closed: 'დახურული' },
  conversations: 'მიმოწერები',
  loading: 'მიმოწერები იტვირთება',
  loadFailed: 'მიმოწერები ვერ ჩაიტვირთა. შეამოწმეთ კავშირი და სცადეთ ხელახლა.',
  tryAgain: 'ხელახლა ცდა',
  more: 'მეტის ჩვენება',
  loadingMore: 'იტვირთება',
  offline: conversation.offline,
  refused: 'გამოსული ხართ. განაახლეთ გვერდი, რომ ხელახლა შეხვიდეთ.',
  unread: (count) => plural(count, { other: '# წაუკითხავი' }),
  online: 'ონლაინ',
  away: 'არ არის',
  lastSeen: (ago) => `ბოლოს იყო ${ago}`,
  closed: 'დახურულია',
  typing: 'წერს…',
  noMessage: 'შეტყობინება ჯერ არ არის',
  deleted: 'შეტყობინება წაშლილია',
  picture: 'სურათი',
  file: 'ფაილი',
  note: 'სტატუსის ცვლილება',
  product: 'ნივთი',
  you: (preview) => `თქვენ: ${preview}`,
  back: 'მიმოწერებზე დაბრუნება',
  empty: {
    waiting: {
      title: 'არავინ გელოდებათ',
      text: 'მომხმარებელი, რომელსაც ჯერ პასუხი არ მიუღია, აქ იქნება, ბოლო კითხვა პირველად.',
    },
    all: {
      title: 'მიმოწერა ჯერ არ არის',
      text: 'როცა მომხმარებელი თქვენი ნივთის გვერდიდან მოგწერთ, მაშინვე აქ გამოჩნდება.',
    },
    unread: {
      title: 'ყველაფერი წაკითხულია',
      text: 'აქ იქნება მიმოწერები, რომელთა შეტყობინებები არცერთ თქვენგანს არ წაუკითხავს.',
    },
    closed: {
      title: 'დახურული არაფერია',
      text: 'დახურული მიმოწერები აქ იქნება და დაბრუნდება, როცა მომხმარებელი მოგწერთ.',
    },
  },
  nothingOpen: {
    title: 'აირჩიეთ მიმოწერა',
    text: 'შეტყობინებები და ნივთი, რომელსაც ეხება, აქ გამოჩნდება.',
  },
  missing: {
    title: 'ეს მიმოწერა თქვენი არ არის',
    text: 'ის არ არსებობს ან სხვა მაღაზიას ეკუთვნის. აირჩიეთ სიიდან.',
  },
  emptyRoom: {
    title: 'ჯერ არაფერი დაწერილა',
    text: 'მომხმარებელმა ჩატი გახსნა. მისი პირველი შეტყობინება აქ იქნება.',
  },
  context: 'ამ მიმოწერის შესახებ',
  close: 'მიმოწერის დახურვა',
  reopen: 'მიმოწერის ხელახლა გახსნა',
  markUnread: 'წაუკითხავად მონიშვნა',
  notes: 'შენიშვნები, მხოლოდ თქვენი გუნდისთვის',
  newNote: 'დაწერეთ შენიშვნა',
  addNote: 'შენიშვნის დამატება',
  deleteNote: 'შენიშვნის წაშლა',
  notesFailed: 'შენიშვნები ვერ ჩაიტვირთა.',
  colleague: (name, isReplying) => (isReplying ? `${name} პასუხობს` : `${name} აქ არის`),
  customer: 'მომხმარებელი',
  asksAbout: 'კითხვა ეხება',
  since: 'პირველად მოგვწერა',
  messages: 'შეტყობინებები',
  conversation: {
    ...conversation,
    placeholder: 'დაწერეთ პასუხი',
    beginning: 'აქ იწყება მიმოწერა',
  },
  words: wordsOf({
    failures: { ...failures, not_found: 'არ გაიგზავნა: ეს მიმოწერა აღარ არსებობს.' },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'მიმოწერა დახურულია',
      reopened: 'მიმოწერა ისევ ღიაა',
      other: 'მიმოწერა შეიცვალა',
    },
    away: (text) =>
      text === null ? 'გაიგზავნა თქვენს არყოფნაში' : `გაიგზავნა თქვენს არყოფნაში: ${text}`,
    showsAgent: true,
  }),
  desk,
};
