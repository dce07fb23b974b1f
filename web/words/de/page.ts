/** German: a customer's conversations with all shops. */
import { pluralOf } from '../plural.ts';
import type { page as english } from '../en/page.ts';

const plural = pluralOf('de');

export const page: typeof english = {
  heading: 'Nachrichten',
  conversations: 'Unterhaltungen',
  loading: 'Ihre Unterhaltungen werden geladen',
  loadFailed:
    'Ihre Unterhaltungen konnten nicht geladen werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  more: 'Mehr anzeigen',
  loadingMore: 'Weitere werden geladen',
  refused: 'Sie sind vom Chat abgemeldet. Melden Sie sich wieder an, um fortzufahren.',
  signIn: 'Anmelden',
  signedOut: {
    title: 'Melden Sie sich an, um Ihre Nachrichten zu sehen',
    text: 'Ihre Unterhaltungen mit den Shops warten hier auf Sie.',
  },
  unread: (count) => plural(count, { other: '# ungelesen' }),
  markedUnread: 'Als ungelesen markiert',
  online: 'Online',
  closed: 'Geschlossen',
  muted: 'Stummgeschaltet',
  typing: 'Schreibt …',
  noMessage: 'Noch keine Nachricht',
  deleted: 'Nachricht gelöscht',
  picture: 'Bild',
  file: 'Datei',
  note: 'Statusänderung',
  product: 'Produkt',
  you: (preview) => `Sie: ${preview}`,
  back: 'Alle Unterhaltungen',
  mute: 'Diesen Shop stummschalten',
  unmute: 'Stummschaltung aufheben',
  markUnread: 'Als ungelesen markieren',
  aboutProduct: 'Zu diesem Produkt',
  empty: {
    title: 'Noch keine Nachrichten',
    text: 'Fragen Sie einen Shop nach etwas, das Ihnen gefällt. Frage und Antwort stehen dann hier.',
  },
  nothingOpen: {
    title: 'Wählen Sie eine Unterhaltung',
    text: 'Die Nachrichten mit dem Shop stehen dann hier.',
  },
  missing: {
    title: 'Diese Unterhaltung gibt es hier nicht',
    text: 'Vielleicht ist der Link unvollständig, oder die Unterhaltung gehört jemand anderem.',
  },
  emptyRoom: {
    title: 'Noch nichts geschrieben',
    text: 'Schreiben Sie die erste Nachricht. Die Antwort steht dann hier, auch wenn Sie später wiederkommen.',
  },
};
