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
      retry: 'حاول مرة أخرى',
      close: 'إغلاق',
    },
  },
};
