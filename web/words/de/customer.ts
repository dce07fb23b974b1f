/** German: the customer's side of the chat. */
import type { customer as english } from '../en/customer.ts';
import { wordsOf } from '../outcomes.ts';
import { conversation, failures, refusals } from './conversation.ts';

export const customer: typeof english = {
  conversation: {
    ...conversation,
    placeholder: 'Nachricht schreiben',
    beginning: 'Hier beginnt Ihre Unterhaltung',
  },
  words: wordsOf({
    failures: {
      ...failures,
      not_found:
        'Nicht gesendet: Diese Unterhaltung gab es nicht mehr. „Noch einmal senden“ beginnt sie neu.',
    },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed:
        'Der Shop hat diese Unterhaltung geschlossen. Wenn Sie schreiben, ist sie wieder offen',
      reopened: 'Die Unterhaltung ist wieder offen',
      other: 'Die Unterhaltung hat sich geändert',
    },
    away: (text) => text ?? 'Der Shop ist gerade nicht da und antwortet später',
    showsAgent: false,
  }),
  popup: {
    close: 'Chat schließen',
    online: 'Online',
    offline: 'Nicht da, antwortet später',
    lastSeen: (ago) => `Zuletzt da ${ago}`,
    replies: (time) => `Übliche Antwortzeit: ${time}`,
    removeProduct: 'Ohne dieses Produkt fragen',
    askingAbout: 'Ihre Frage betrifft',
    vendor: 'den Shop',
    refused: 'Sie sind vom Chat abgemeldet. Laden Sie die Seite neu, um sich wieder anzumelden.',
    empty: (vendor) => ({
      title: `Fragen Sie ${vendor}`,
      text: 'Ihre Frage und die Antwort stehen hier, auch wenn Sie später wiederkommen.',
    }),
  },
};
