/** German: what the staff do in the inbox besides writing. */
import type { desk as english } from '../en/desk.ts';
import { pluralOf } from '../plural.ts';

const plural = pluralOf('de');

export const desk: typeof english = {
  settings: 'Einstellungen',
  marked: 'Als ungelesen markiert',
  newer: (count) => plural(count, { other: '# neu weiter oben' }),
  moreFailed: 'Die nächsten Gespräche konnten nicht geladen werden.',
  waits: (age) => `Wartet ${age}`,
  assignedTo: (name) => `Zugewiesen an ${name}`,
  backToRoom: 'Zurück zum Gespräch',
  askedBefore: 'Frühere Fragen zu',
  noNotes: 'Was Ihr Team über diesen Kunden wissen sollte, steht dann hier.',
  find: {
    label: 'In den geladenen Gesprächen suchen',
    placeholder: 'Name, Produkt oder Schlagwort',
    nothing: {
      title: 'Nichts gefunden',
      text: 'Gesucht wird nur in den geladenen Gesprächen. Versuchen Sie ein anderes Wort, oder laden Sie weitere.',
    },
    searched: (count) =>
      plural(count, {
        one: '# geladenes Gespräch durchsucht',
        other: '# geladene Gespräche durchsucht',
      }),
    loadMore: 'Weitere laden',
  },
  choose: {
    several: 'Mehrere auswählen',
    all: (count) => plural(count, { other: 'Alle # geladenen' }),
    end: 'Fertig',
    count: (count) => plural(count, { other: '# ausgewählt' }),
  },
  bulk: {
    close: 'Schließen',
    reopen: 'Wieder öffnen',
    progress: {
      close: (done, total) => `Wird geschlossen: ${done} von ${total}`,
      reopen: (done, total) => `Wird wieder geöffnet: ${done} von ${total}`,
    },
    stop: 'Anhalten',
    done: {
      close: (count) =>
        plural(count, { one: '# Gespräch geschlossen', other: '# Gespräche geschlossen' }),
      reopen: (count) =>
        plural(count, { one: '# Gespräch wieder offen', other: '# Gespräche wieder offen' }),
    },
    failed: (names) => `Nicht gelungen bei: ${names}`,
    again: 'Diese noch einmal versuchen',
    undo: 'Rückgängig machen',
    dismiss: 'Ausblenden',
  },
  help: {
    open: 'Tastenkürzel',
    title: 'Tastenkürzel',
    close: 'Hilfe schließen',
    use: 'Diese Tastenkürzel verwenden',
    keys: {
      next: 'Nächstes Gespräch',
      previous: 'Voriges Gespräch',
      close: 'Gespräch schließen oder wieder öffnen',
      compose: 'Antwort schreiben',
      replies: 'Gespeicherte Antworten',
      help: 'Diese Hilfe',
    },
  },
  newerMessages: {
    ask: (count) =>
      plural(count, {
        one: '# neuere Nachricht. Trotzdem senden?',
        other: '# neuere Nachrichten. Trotzdem senden?',
      }),
    send: 'Trotzdem senden',
    keep: 'Weiterschreiben',
  },
  replies: {
    label: 'Gespeicherte Antworten',
    several: (count) => plural(count, { one: '# Nachricht', other: '# Nachrichten' }),
    loading: 'Gespeicherte Antworten werden geladen',
    failed:
      'Die gespeicherten Antworten konnten nicht geladen werden. Prüfen Sie Ihre Verbindung und tippen Sie noch einmal /.',
    none: 'Noch keine gespeicherten Antworten. In den Einstellungen legen Sie welche an.',
    nothing: 'Keine gespeicherte Antwort passt. Schreiben Sie weiter, um es so zu senden.',
    following: 'Wird gleich danach gesendet',
    leaveOut: 'Weglassen',
  },
  assign: {
    title: 'Zugewiesen an',
    take: 'Mir zuweisen',
    nobody: 'Niemand',
    me: (name) => `${name} (Sie)`,
  },
  labels: {
    title: 'Schlagwörter',
    remove: (label) => `Schlagwort ${label} entfernen`,
    add: 'Schlagwort hinzufügen',
    name: 'Schlagwort, dann Enter',
    used: 'Verwendete Schlagwörter',
  },
};
