/** Georgian: the words of a conversation, the same for both sides. */
import { speakGeorgian } from '../../ui/text/georgian.ts';
import type * as english from '../en/conversation.ts';
import { pluralOf } from '../plural.ts';

speakGeorgian();

const plural = pluralOf('ka');

export const conversation: typeof english.conversation = {
  locale: 'ka',
  log: 'შეტყობინებები',
  message: 'შეტყობინება',
  send: 'გაგზავნა',
  retry: 'ხელახლა გაგზავნა',
  discard: 'წაშლა',
  deleted: 'ეს შეტყობინება წაშლილია',
  edited: '(შესწორებულია)',
  newMessages: 'ახალი შეტყობინებები',
  latest: 'ბოლო შეტყობინებაზე გადასვლა',
  latestWith: (count) => plural(count, { other: '# ახალ შეტყობინებაზე გადასვლა' }),
  loadingOlder: 'იტვირთება ადრინდელი შეტყობინებები',
  loading: 'მიმოწერა იტვირთება',
  loadFailed: {
    title: 'შეტყობინებები ვერ ჩაიტვირთა',
    text: 'შეამოწმეთ კავშირი და სცადეთ ხელახლა. რასაც წერთ, აქ დარჩება.',
  },
  retryLoad: 'ხელახლა ცდა',
  offline: 'კავშირი არ არის — შეტყობინებები გაიგზავნება, როცა დაუკავშირდებით',
  notSent: 'არ გაიგზავნა',
  you: 'თქვენ',
  charactersLeft: (count) =>
    count < 0
      ? plural(-count, { other: '# ზედმეტი სიმბოლო' })
      : plural(count, { other: 'დარჩა # სიმბოლო' }),
  typing: (name) => `${name} წერს`,
  attach: 'სურათების ან ფაილების დამატება',
  download: 'ჩამოტვირთვა',
  openPicture: (name) => `სურათის გახსნა: ${name}`,
  close: 'დახურვა',
  tools: 'რეაქცია, პასუხი და სხვა',
  reactions: 'რეაქციები',
  reaction: (emoji, count) => `${emoji}, ${plural(count, { other: '# მხარე' })}`,
  answersTo: 'პასუხი შეტყობინებაზე',
  earlierMessage: 'ადრინდელი შეტყობინება',
  replyingTo: (name) => `პასუხობთ: ${name}`,
  editing: 'ასწორებთ თქვენს შეტყობინებას',
  cancel: 'გაუქმება',
  pasteCut: (most) =>
    plural(most, {
      other:
        'ჩაისვა მხოლოდ დასაწყისი: შეტყობინება მაქსიმუმ # სიმბოლოა. უფრო გრძელი ტექსტი ფაილად გაგზავნეთ.',
    }),
  takePhoto: 'ფოტოს გადაღება',
  pausedFor: (seconds) => plural(seconds, { other: 'ისევ დაწერას # წამში შეძლებთ' }),
  emoji: 'ემოჯი',
  loadSeldom: async () => (await import('./seldom.ts')).seldom,
  loadEmoji: async () => (await import('./emoji.ts')).emoji,
  status: {
    sending: 'იგზავნება',
    sent: 'გაგზავნილია',
    delivered: 'მიტანილია',
    read: 'წაკითხულია',
    failed: 'არ გაიგზავნა',
  },
};

export const failures: typeof english.failures = {
  rate_limited: 'არ გაიგზავნა: ძალიან ბევრია ერთბაშად. მოიცადეთ ცოტა ხანს და გაგზავნეთ ხელახლა.',
  too_large: 'არ გაიგზავნა: ტექსტი ძალიან გრძელია ან ფაილი დიდია. შეამცირეთ და გაგზავნეთ ხელახლა.',
  unsupported: 'არ გაიგზავნა: ასეთი ფაილების გაგზავნა შეუძლებელია.',
  blocked: 'არ გაიგზავნა: ეს ანგარიში შეჩერებულია.',
  invalid: 'არ გაიგზავნა: შეიცავს იმას, რაც დაშვებული არ არის.',
  other: 'არ გაიგზავნა.',
};

export const refusals: typeof english.refusals = {
  unavailable: 'ახლა კავშირი არ არის. სცადეთ ხელახლა, როცა დაუკავშირდებით.',
  other: 'ვერ მოხერხდა. სცადეთ ხელახლა.',
};
