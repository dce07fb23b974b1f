/** German: the words of a conversation, the same for both sides. */
import type * as english from '../en/conversation.ts';
import { pluralOf } from '../plural.ts';

const plural = pluralOf('de');

export const conversation: typeof english.conversation = {
  locale: 'de',
  log: 'Nachrichten',
  message: 'Nachricht',
  send: 'Senden',
  retry: 'Noch einmal senden',
  discard: 'Löschen',
  deleted: 'Diese Nachricht wurde gelöscht',
  edited: '(bearbeitet)',
  newMessages: 'Neue Nachrichten',
  latest: 'Zur neuesten Nachricht',
  latestWith: (count) =>
    plural(count, { one: 'Zu # neuen Nachricht', other: 'Zu # neuen Nachrichten' }),
  loadingOlder: 'Frühere Nachrichten werden geladen',
  loading: 'Die Unterhaltung wird geladen',
  loadFailed: {
    title: 'Die Nachrichten konnten nicht geladen werden',
    text: 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal. Was Sie schreiben, bleibt hier.',
  },
  retryLoad: 'Noch einmal versuchen',
  offline: 'Sie sind offline – Nachrichten werden gesendet, sobald Sie wieder verbunden sind',
  notSent: 'Nicht gesendet',
  you: 'Sie',
  charactersLeft: (count) =>
    count < 0
      ? plural(-count, { one: '# Zeichen zu viel', other: '# Zeichen zu viel' })
      : plural(count, { one: 'noch # Zeichen', other: 'noch # Zeichen' }),
  typing: (name) => `${name} schreibt`,
  attach: 'Bilder oder Dateien hinzufügen',
  download: 'Herunterladen',
  openPicture: (name) => `Das Bild ${name} öffnen`,
  close: 'Schließen',
  tools: 'Reagieren, antworten und mehr',
  reactions: 'Reaktionen',
  reaction: (emoji, count) => `${emoji}, ${plural(count, { one: '# Seite', other: '# Seiten' })}`,
  answersTo: 'Antwortet auf',
  earlierMessage: 'Eine frühere Nachricht',
  replyingTo: (name) => `Antwort an ${name}`,
  editing: 'Ihre Nachricht wird bearbeitet',
  cancel: 'Abbrechen',
  pasteCut: (most) =>
    plural(most, {
      one: 'Nur der Anfang wurde eingefügt: Eine Nachricht hat höchstens # Zeichen. Senden Sie einen längeren Text als Datei.',
      other:
        'Nur der Anfang wurde eingefügt: Eine Nachricht hat höchstens # Zeichen. Senden Sie einen längeren Text als Datei.',
    }),
  takePhoto: 'Foto aufnehmen',
  pausedFor: (seconds) =>
    plural(seconds, {
      one: 'In # Sekunde können Sie wieder schreiben',
      other: 'In # Sekunden können Sie wieder schreiben',
    }),
  emoji: 'Emojis',
  loadSeldom: async () => (await import('./seldom.ts')).seldom,
  loadEmoji: async () => (await import('./emoji.ts')).emoji,
  status: {
    sending: 'Wird gesendet',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    read: 'Gelesen',
    failed: 'Nicht gesendet',
  },
};

export const failures: typeof english.failures = {
  rate_limited:
    'Nicht gesendet: zu viele auf einmal. Warten Sie einen Moment und senden Sie noch einmal.',
  too_large:
    'Nicht gesendet: zu lang, oder eine Datei ist zu groß. Machen Sie es kleiner und senden Sie es noch einmal.',
  unsupported: 'Nicht gesendet: Dateien dieser Art können nicht gesendet werden.',
  blocked: 'Nicht gesendet: Dieses Konto ist gesperrt.',
  invalid: 'Nicht gesendet: Etwas darin ist nicht erlaubt.',
  other: 'Nicht gesendet.',
};

export const refusals: typeof english.refusals = {
  unavailable:
    'Gerade keine Verbindung. Versuchen Sie es noch einmal, wenn Sie wieder online sind.',
  other: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
};
