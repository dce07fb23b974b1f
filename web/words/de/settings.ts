/** German: the settings of a shop. */
import type { ErrorCode } from '#protocol/errors.ts';

import { placeNames } from '../field-names.ts';
import { pluralOf } from '../plural.ts';
import type { settings as english } from '../en/settings.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('de');
const list = new Intl.ListFormat('de', { type: 'conjunction' });

const fields = {
  name: 'Name des Shops',
  picture: 'Bild',
  greeting: 'Begrüßung',
  hours: 'Öffnungszeiten',
  awayMessage: 'Abwesenheitsnachricht',
  timeZone: 'Zeitzone',
  shortcut: 'Kürzel',
};

const FAILURES: Partial<Record<ErrorCode, string>> = {
  unavailable: 'Nicht gespeichert: gerade keine Verbindung. Ihre Änderungen sind noch hier.',
  forbidden: 'Nicht gespeichert: Das dürfen nur die Mitarbeitenden des Shops.',
  rate_limited:
    'Nicht gespeichert: zu viele Änderungen auf einmal. Warten Sie kurz und speichern Sie noch einmal.',
  too_large: 'Nicht gespeichert: Das ist zu viel Text. Bitte kürzen.',
};

export const settings: typeof english = {
  locale: conversation.locale,
  title: 'Einstellungen',
  back: 'Zurück zu den Unterhaltungen',
  sections: 'Bereiche',
  loading: 'Die Einstellungen werden geladen',
  loadFailed: 'Die Einstellungen konnten nicht geladen werden',
  loadFailedText: 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  names: fields,
  save: {
    save: 'Speichern',
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert. Es gilt innerhalb von fünf Sekunden.',
    unsaved: 'Noch nicht gespeichert',
    offline:
      'Sie sind offline. Speichern Sie, sobald Sie wieder verbunden sind, und lassen Sie die Seite bis dahin offen.',
    discard: 'Verwerfen',
    invalid: 'Nicht gespeichert: Oben steht, was nicht stimmt.',
    failed: (code) => FAILURES[code] ?? 'Nicht gespeichert. Versuchen Sie es noch einmal.',
    conflict: (names) =>
      `Inzwischen hat jemand aus Ihrem Team das geändert: ${list.format(names)}.`,
    force: 'Trotzdem meine speichern',
    takeTheirs: 'Die anderen übernehmen',
    tryAgain: 'Noch einmal versuchen',
  },
  leave: {
    title: 'Ohne Speichern verlassen?',
    text: 'Was Sie hier geändert haben, ist nicht gespeichert und ginge verloren.',
    leave: 'Verlassen',
    stay: 'Bleiben',
  },
  problem: {
    title: (count) =>
      plural(count, { one: 'Etwas stimmt nicht', other: '# Angaben stimmen nicht' }),
    at: placeNames({
      fields,
      other: 'Einstellungen',
      day: (name) => name,
      holiday: (index) => `Besonderer Tag ${index}`,
      message: (index) => `Nachricht ${index}`,
      locale: conversation.locale,
    }),
    codes: {
      blank: 'Das darf nicht leer sein.',
      order: 'Das Ende muss nach dem Anfang liegen.',
      overlap: 'Der Anfang muss nach dem Ende der Zeiten davor liegen.',
      twice: 'Dieser Tag steht schon hier.',
      taken: 'Dieses Kürzel hat schon eine andere Antwort.',
    },
    fields: {
      name: 'Eine Zeile mit höchstens 100 Zeichen.',
      picture: 'Die https://-Adresse eines Bildes, auf einem Server, den Ihr Marktplatz erlaubt.',
      greeting: 'Höchstens 1.000 Zeichen.',
      awayMessage: 'Höchstens 1.000 Zeichen.',
      timeZone: 'Wählen Sie eine Zeitzone aus der Liste.',
      date: 'Wählen Sie ein Datum.',
      holidays: 'Höchstens 100 Tage, jeder nur einmal.',
      week: 'Die Zeiten eines Tages müssen der Reihe nach stehen und dürfen sich nicht berühren.',
      shortcut: 'Ein Wort aus Buchstaben, Ziffern, _ und -.',
      messages: 'Höchstens 2.000 Zeichen; nur die Platzhalter darunter werden ausgefüllt.',
    },
  },
  shop: {
    title: 'Shop',
    intro: 'Das sehen Ihre Kundinnen und Kunden neben Ihren Nachrichten.',
    name: fields.name,
    nameHint: 'Bleibt er leer, heißt der Shop so, wie ihn der Marktplatz kennt.',
    picture: fields.picture,
    pictureHint: 'Die Adresse eines quadratischen Bildes, beginnend mit https://',
    greeting: fields.greeting,
    greetingHint: 'Steht in einer Unterhaltung, die noch leer ist.',
    preview: 'Das sehen Ihre Kundinnen und Kunden',
    nameless: 'Ihr Shop',
  },
  hours: {
    title: fields.hours,
    intro:
      'Man sieht, ob Sie geöffnet haben und wann Sie wieder öffnen. Antwortzeiten zählen nur innerhalb dieser Zeiten.',
    none: 'Keine Öffnungszeiten',
    noneHint: 'Niemand erfährt, dass der Shop geschlossen ist.',
    some: 'Zu diesen Zeiten geöffnet',
    someHint: 'Außerhalb davon kommt Ihre Abwesenheitsnachricht.',
    week: 'Woche',
    timeZone: fields.timeZone,
    timeThere: (time) => `Dort ist jetzt ${time}.`,
    closed: 'Geschlossen',
    open: 'Geöffnet',
    from: 'Von',
    to: 'Bis',
    addSpan: 'Weitere Zeiten',
    removeSpan: 'Diese Zeiten entfernen',
    copy: (first, last) => `Zeiten von ${first} für alle Tage bis ${last}`,
    holidays: 'Besondere Tage',
    holidaysHint: 'Feiertage und Tage mit eigenen Zeiten. Sie gehen den Zeiten der Woche vor.',
    addHoliday: 'Tag hinzufügen',
    removeHoliday: 'Diesen Tag entfernen',
    date: 'Datum',
  },
  away: {
    title: fields.awayMessage,
    intro:
      'Wer schreibt, während der Shop geschlossen ist, bekommt das sofort, einmal bis zur nächsten Öffnung.',
    text: fields.awayMessage,
    textHint: 'Darunter steht, wann Sie wieder öffnen. Bleibt sie leer, wird nichts gesendet.',
    needsHours:
      'Sie haben keine Öffnungszeiten: Der Shop ist also nie geschlossen, und niemand bekommt das.',
    toHours: 'Öffnungszeiten festlegen',
  },
  replies: {
    title: 'Gespeicherte Antworten',
    intro:
      'Tippen Sie in einer Unterhaltung /, um eine davon zu finden. Ihr ganzes Team hat dieselben.',
    add: 'Antwort hinzufügen',
    empty: 'Noch keine gespeicherten Antworten',
    emptyText: 'Speichern Sie, was Sie oft schreiben, und senden Sie es mit / und dem Kürzel.',
    find: 'Antwort suchen',
    notFound: 'Keine Antwort enthält diese Wörter.',
    loadFailed: 'Die gespeicherten Antworten konnten nicht geladen werden.',
    edit: 'Bearbeiten',
    delete: 'Löschen',
    deleteTitle: (shortcut) => `/${shortcut} löschen?`,
    deleteText: 'Sie ist dann für Ihr ganzes Team weg.',
    keep: 'Behalten',
    shortcut: fields.shortcut,
    shortcutHint: 'Ein Wort; man findet es mit / und den ersten Buchstaben.',
    message: (index) => `Nachricht ${index}`,
    addMessage: 'Weitere Nachricht',
    removeMessage: (index) => `Nachricht ${index} entfernen`,
    moveUp: (index) => `Nachricht ${index} nach oben`,
    insert: (what, index) => `In Nachricht ${index} einfügen: ${what}`,
    variables: {
      customer: 'Name der Kundin oder des Kunden',
      product: 'das Produkt, um das es geht',
      agent: 'Ihr eigener Name',
      shop: 'Name des Shops',
    },
    variablesHint:
      'Mehrere Nachrichten gehen einzeln hinaus. {{customer}}, {{product}}, {{agent}} und {{shop}} werden ausgefüllt; was niemand weiß, fällt weg.',
    preview: 'So käme es an',
    example: { customer: 'Anna', product: 'Blaue Schale' },
    gone: 'Jemand aus Ihrem Team hat diese Antwort gelöscht. Speichern Sie noch einmal, um Ihre zu behalten.',
    tooMany: 'Nicht gespeichert: Ein Shop hat Platz für 200 Antworten mit zusammen 80.000 Zeichen.',
  },
  notifications: {
    title: 'Benachrichtigungen',
    intro: 'Das gilt nur für Sie, in diesem Browser, und sofort.',
    sound: 'Ton',
    soundHint:
      'Zwei leise Töne, wenn jemand schreibt und Sie gerade nicht in diese Unterhaltung sehen.',
    trySound: 'Abspielen',
    popups: 'Benachrichtigungen des Browsers',
    popupsHint: 'Während Sie etwas anderes ansehen. Ein Klick führt zur Unterhaltung.',
    tryPopup: 'Eine zeigen',
    denied:
      'Ihr Browser blockiert die Benachrichtigungen dieser Seite. Erlauben Sie sie in seinen Einstellungen für diese Seite und kommen Sie zurück.',
    unsupported: 'Dieser Browser zeigt keine Benachrichtigungen von Seiten.',
    notShown: 'Ihr Browser hat sie nicht gezeigt.',
    tried: { title: 'So sieht eine Benachrichtigung aus', text: 'Hier stünde die Nachricht.' },
    badge: 'Zahl im Tab',
    badgeHint: 'Ungelesene Nachrichten im Titel und ein Punkt auf dem Symbol.',
    tryBadge: 'Zeigen',
    keys: 'Tastatur',
    shortcuts: 'Tastenkürzel',
    shortcutsHint: 'Drücken Sie im Postfach ?, um alle zu sehen.',
  },
};
