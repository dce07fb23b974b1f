/** Georgian: the customer's side of the chat. */
import type { customer as english } from '../en/customer.ts';
import { wordsOf } from '../outcomes.ts';
import { conversation, failures, refusals } from './conversation.ts';

export const customer: typeof english = {
  conversation: {
    ...conversation,
    placeholder: 'დაწერეთ შეტყობინება',
    beginning: 'აქ იწყება თქვენი მიმოწერა',
  },
  words: wordsOf({
    failures: {
      ...failures,
      not_found: 'არ გაიგზავნა: მიმოწერა აღარ არსებობს. ხელახლა გაგზავნა თავიდან დაიწყებს.',
    },
    refusals,
    loadRefusals: async () => (await import('./seldom.ts')).refusals,
    notes: {
      closed: 'მაღაზიამ ეს მიმოწერა დახურა. თუ დაწერთ, ხელახლა გაიხსნება',
      reopened: 'მიმოწერა ისევ ღიაა',
      other: 'მიმოწერა შეიცვალა',
    },
    away: (text) => text ?? 'მაღაზია ახლა არ არის და მოგვიანებით გიპასუხებთ',
    showsAgent: false,
  }),
  popup: {
    close: 'ჩატის დახურვა',
    online: 'ონლაინ',
    offline: 'ახლა არ არის, დაბრუნებისას გიპასუხებთ',
    lastSeen: (ago) => `ბოლოს იყო ${ago}`,
    replies: (time) => `პასუხის ჩვეული დრო: ${time}`,
    removeProduct: 'ამ ნივთის გარეშე კითხვა',
    askingAbout: 'თქვენი კითხვა ეხება',
    vendor: 'მაღაზია',
    refused: 'ჩატიდან გამოსული ხართ. განაახლეთ გვერდი, რომ ხელახლა შეხვიდეთ.',
    empty: (vendor) => ({
      title: `მისწერეთ: ${vendor}`,
      text: 'თქვენი კითხვა და პასუხი აქ იქნება, მოგვიანებით დაბრუნებისასაც.',
    }),
  },
};
