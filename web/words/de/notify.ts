/** German: notifications. */
import type { notify as english } from '../en/notify.ts';
import { pluralOf } from '../plural.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('de');

export const notify: typeof english = {
  locale: conversation.locale,
  kind: { image: 'Ein Bild', file: 'Eine Datei', product: 'Ein Produkt' },
  several: (from, count) =>
    `${from} · ${plural(count, { one: '# Nachricht', other: '# Nachrichten' })}`,
  summary: (messages, rooms) => ({
    title: plural(messages, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    text: plural(rooms, { one: 'In # Unterhaltung', other: 'In # Unterhaltungen' }),
  }),
  prompt: {
    label: 'Benachrichtigungen',
    question:
      'Möchten Sie sofort erfahren, wenn jemand schreibt, auch während Sie etwas anderes ansehen?',
    yes: 'Ja, benachrichtigen',
    no: 'Jetzt nicht',
  },
};
