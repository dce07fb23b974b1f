/** The few words of the launcher, which come with it in every language: it is there before any catalogue. */
import type { Language } from '../words/language.ts';

interface LauncherWords {
  readonly open: string;
  /** Comes behind `open`, with the number after it: so no language needs a plural. */
  readonly unread: string;
  readonly dismiss: string;
  readonly button: string;
  readonly failed: string;
}

export const LAUNCHER_WORDS: Readonly<Record<Language, LauncherWords>> = {
  en: {
    open: 'Open the chat',
    unread: 'unread',
    dismiss: 'Hide this greeting',
    button: 'Chat with vendor',
    failed: 'The chat could not be loaded. Try again.',
  },
  ka: {
    open: 'ჩატის გახსნა',
    unread: 'წაუკითხავი',
    dismiss: 'მისალმების დამალვა',
    button: 'მისწერეთ გამყიდველს',
    failed: 'ჩატი ვერ ჩაიტვირთა. სცადეთ ხელახლა.',
  },
  de: {
    open: 'Chat öffnen',
    unread: 'ungelesen',
    dismiss: 'Begrüßung ausblenden',
    button: 'Mit dem Shop chatten',
    failed: 'Der Chat konnte nicht geladen werden. Versuchen Sie es noch einmal.',
  },
  ar: {
    open: 'فتح الدردشة',
    unread: 'غير مقروءة',
    dismiss: 'إخفاء الترحيب',
    button: 'تحدّث مع البائع',
    failed: 'تعذّر تحميل الدردشة. حاول مرة أخرى.',
  },
};
