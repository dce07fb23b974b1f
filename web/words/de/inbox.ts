/** German: the vendor's inbox. */
import type { inbox as english } from '../en/inbox.ts';
import { wordsOf } from '../outcomes.ts';
import { pluralOf } from '../plural.ts';
import { conversation, failures, refusals } from './conversation.ts';
import { desk } from './desk.ts';

const plural = pluralOf('de');

export const inbox: typeof english = {
  locale: conversation.locale,
  title: (shop, unread) => (unread > 0 ? `(${unread}) Postfach · ${shop}` : `Postfach · ${shop}`),
  heading: 'Postfach',
  shop: 'Zum Shop',
  youAre: 'Sie sind',
  language: 'Sprache',
  skip: 'Zum Inhalt springen',
  filters: 'Anzeigen',
  filter: { waiting: 'Wartet auf uns', all: 'Alle', unread: 'Ungelesen', closed: 'Geschlossen' },
  conversations: 'Unterhaltungen',
  loading: 'Unterhaltungen werden geladen',
  loadFailed:
    'Die Unterhaltungen konnten nicht geladen werden. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  more: 'Mehr anzeigen',
  loadingMore: 'Mehr wird geladen',
  offline: conversation.offline,
  refused: 'Sie sind abgemeldet. Laden Sie die Seite neu, um sich wieder anzumelden.',
  unread: (count) => plural(count, { other: '# ungelesen' }),
  online: 'Online',
  away: 'Nicht da',
  lastSeen: (ago) => `Zuletzt da ${ago}`,
  closed: 'Geschlossen',
  typing: 'Schreibt …',
  noMessage: 'Noch keine Nachricht',
  deleted: 'Nachricht gelöscht',
  picture: 'Bild',
  file: 'Datei',
  note: 'Statusmeldung',
  product: 'Produkt',
  you: (preview) => `Sie: ${preview}`,
  back: 'Zurück zu den Unterhaltungen',
  empty: {
    waiting: {
      title: 'Niemand wartet',
      text: 'Wer noch keine Antwort hat, steht hier, die neueste Frage zuerst.',
    },
    all: {
      title: 'Noch keine Unterhaltungen',
      text: 'Wenn jemand von einer Ihrer Produktseiten schreibt, steht es sofort hier.',
    },
    unread: {
      title: 'Alles gelesen',
      text: 'Unterhaltungen mit Nachrichten, die noch niemand von Ihnen gelesen hat, stehen hier.',
    },
    closed: {
      title: 'Nichts geschlossen',
      text: 'Geschlossene Unterhaltungen stehen hier und kommen wieder, wenn der Kunde schreibt.',
    },
  },
  nothingOpen: {
    title: 'Wählen Sie eine Unterhaltung',
    text: 'Die Nachrichten und das Produkt, um das es geht, stehen dann hier.',
  },
  missing: {
    title: 'Diese Unterhaltung gehört Ihnen nicht',
    text: 'Es gibt sie nicht, oder sie gehört einem anderen Shop. Wählen Sie eine aus der Liste.',
  },
  emptyRoom: {
    title: 'Noch nichts geschrieben',
    text: 'Der Kunde hat den Chat geöffnet. Seine erste Nachricht wird hier stehen.',
  },
  context: 'Zu dieser Unterhaltung',
  close: 'Unterhaltung schließen',
  reopen: 'Unterhaltung wieder öffnen',
  markUnread: 'Als ungelesen markieren',
  notes: 'Notizen, nur für Ihr Team',
  newNote: 'Notiz schreiben',
  addNote: 'Notiz hinzufügen',
  deleteNote: 'Notiz löschen',
  notesFailed: 'Die Notizen konnten nicht geladen werden.',
  colleague: (name, isReplying) =>
    isReplying ? `${name} antwortet gerade` : `${name} ist auch hier`,
  customer: 'Kunde',
  asksAbout: 'Fragt nach',
  since: 'Schreibt uns seit',
  messages: 'Nachrichten',
  conversation: {
    ...conversation,
    placeholder: 'Antwort schreiben',
    beginning: 'Hier beginnt die Unterhaltung',
  },
  words: wordsOf({
    failures: { ...failures, not_found: 'Nicht gesendet: Diese Unterhaltung gibt es nicht mehr.' },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'Unterhaltung geschlossen',
      reopened: 'Unterhaltung wieder offen',
      other: 'Die Unterhaltung hat sich geändert',
    },
    away: (text) =>
      text === null ? 'In Ihrer Abwesenheit gesendet' : `In Ihrer Abwesenheit gesendet: ${text}`,
    showsAgent: true,
  }),
  desk,
};
