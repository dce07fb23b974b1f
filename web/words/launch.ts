/** The few words that a storefront's page needs before any catalogue is loaded, in every language at once. */
import type { Language } from './language.ts';
import { pluralOf } from './plural.ts';

interface LaunchWords {
  /** On the button that opens the chat with a product's vendor. */
  chat: string;
  /** After the button's text, for a screen reader. */
  unread: (count: number) => string;
  /** What could not be loaded is the program itself. */
  failed: { title: string; text: string; retry: string; close: string };
  /** For a whole page of ours: `failed` for it, and for somebody who has to sign in first. */
  site: {
    failed: string;
    wrong: string;
    signedOut: { title: string; text: string };
    signIn: string;
  };
}

const english = pluralOf('en');
const georgian = pluralOf('ka');
const german = pluralOf('de');
const arabic = pluralOf('ar');

/** Small enough to come along with the button: a server can draw it, and nothing shifts when the rest arrives. */
export const launchWords: Readonly<Record<Language, LaunchWords>> = {
  en: {
    chat: 'Chat with vendor',
    unread: (count) => english(count, { other: '# unread' }),
    failed: {
      title: 'The chat could not be loaded',
      text: 'Check your connection, then try again.',
      retry: 'Try again',
      close: 'Close',
    },
    site: {
      failed: 'This page could not be loaded',
      wrong: 'It is not set up correctly. Please come back later.',
      signedOut: { title: 'Sign in to go on', text: 'You are not signed in at the moment.' },
      signIn: 'Sign in',
    },
  },
  ka: {
    chat: 'მისწერეთ გამყიდველს',
    unread: (count) => georgian(count, { other: '# წაუკითხავი' }),
    failed: {
      title: 'ჩატი ვერ ჩაიტვირთა',
      text: 'შეამოწმეთ კავშირი და სცადეთ ხელახლა.',
      retry: 'ხელახლა ცდა',
      close: 'დახურვა',
    },
    site: {
      failed: 'გვერდი ვერ ჩაიტვირთა',
      wrong: 'გვერდი სწორად არ არის გამართული. გთხოვთ, მოგვიანებით დაბრუნდეთ.',
      signedOut: { title: 'გასაგრძელებლად შედით', text: 'ამჟამად შესული არ ხართ.' },
      signIn: 'შესვლა',
    },
  },
  de: {
    chat: 'Mit dem Shop chatten',
    unread: (count) => german(count, { other: '# ungelesen' }),
    failed: {
      title: 'Der Chat konnte nicht geladen werden',
      text: 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
      retry: 'Noch einmal versuchen',
      close: 'Schließen',
    },
    site: {
      failed: 'Diese Seite konnte nicht geladen werden',
      wrong: 'Sie ist nicht richtig eingerichtet. Bitte kommen Sie später wieder.',
      signedOut: {
        title: 'Melden Sie sich an, um fortzufahren',
        text: 'Sie sind gerade nicht angemeldet.',
      },
      signIn: 'Anmelden',
    },
  },
  ar: {
    chat: 'تحدّث مع البائع',
    unread: (count) =>
      arabic(count, {
        zero: 'لا رسائل غير مقروءة',
        one: 'رسالة واحدة غير مقروءة',
        two: 'رسالتان غير مقروءتين',
        few: '# رسائل غير مقروءة',
        many: '# رسالة غير مقروءة',
        other: '# رسالة غير مقروءة',
      }),
    failed: {
      title: 'تعذّر تحميل الدردشة',
      text: 'تحقّق من اتصالك ثم حاول مرة أخرى.',
      retry: 'إعادة المحاولة',
      close: 'إغلاق',
    },
    site: {
      failed: 'تعذّر تحميل هذه الصفحة',
      wrong: 'لم تُضبط الصفحة بشكل صحيح. يُرجى العودة لاحقًا.',
      signedOut: { title: 'سجّل الدخول للمتابعة', text: 'لم تسجّل الدخول حاليًا.' },
      signIn: 'تسجيل الدخول',
    },
  },
};
