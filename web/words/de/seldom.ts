/** German: what is said only after one asked for something; fetched then. */
import type * as english from '../en/seldom.ts';

export const seldom: typeof english.seldom = {
  reactWith: (emoji) => `Mit ${emoji} reagieren`,
  reply: 'Antworten',
  edit: 'Bearbeiten',
  remove: 'Löschen',
  removeForAll: 'Für alle löschen?',
  nextPicture: 'Nächstes Bild',
  previousPicture: 'Voriges Bild',
  fileTooLarge: (name) => `${name} ist größer als 25 MB.`,
  fileUnsupported: (name) => `${name}: Dateien dieser Art lassen sich nicht senden.`,
  fileEmpty: (name) => `${name} ist leer.`,
  filesTooMany: (name) => `${name}: Das sind zu viele Dateien auf einmal.`,
};

export const refusals: typeof english.refusals = {
  rate_limited:
    'Zu viele Änderungen auf einmal. Warten Sie einen Moment und versuchen Sie es noch einmal.',
  forbidden: 'Diese Nachricht kann nicht mehr geändert werden.',
  not_found: 'Diese Nachricht gibt es nicht mehr.',
  unsupported: 'Dateien dieser Art können nicht gesendet werden. Bilder, PDFs und Dokumente schon.',
  too_large: 'Das ist zu viel auf einmal: bis zu 10 Dateien mit je 25 MB.',
  invalid: 'Das kann nicht gesendet werden. Eine leere Datei zum Beispiel enthält nichts.',
};
