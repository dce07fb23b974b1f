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
  reactWith: (emoji) => `რეაქცია: ${emoji}`,
  reply: 'პასუხი',
  edit: 'შესწორება',
  remove: 'წაშლა',
  removeForAll: 'წავშალოთ ყველასთვის?',
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
  loadEmoji: async () => (await import('./emoji.ts')).emoji,
  nextPicture: 'შემდეგი სურათი',
  previousPicture: 'წინა სურათი',
  fileTooLarge: (name) => `${name} 25 მბ-ზე დიდია.`,
  fileUnsupported: (name) => `${name}: ასეთი ფაილების გაგზავნა შეუძლებელია.`,
  fileEmpty: (name) => `${name} ცარიელია.`,
  filesTooMany: (name) => `${name}: ერთბაშად ძალიან ბევრი ფაილია.`,
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
  rate_limited: 'ძალიან ბევრი ცვლილებაა ერთბაშად. მოიცადეთ ცოტა ხანს და სცადეთ ხელახლა.',
  forbidden: 'ამ შეტყობინების შეცვლა უკვე შეუძლებელია.',
  not_found: 'ეს შეტყობინება აღარ არსებობს.',
  unsupported:
    'ასეთი ფაილების გაგზავნა შეუძლებელია. შეგიძლიათ გაგზავნოთ სურათები, PDF და დოკუმენტები.',
  too_large: 'ერთბაშად ძალიან ბევრია: შეიძლება 10-მდე ფაილი, თითო 25 მბ-მდე.',
  invalid: 'ამის გაგზავნა შეუძლებელია. მაგალითად, ცარიელ ფაილში არაფერია საჩვენებელი.',
  unavailable: 'ახლა კავშირი არ არის. სცადეთ ხელახლა, როცა დაუკავშირდებით.',
  other: 'ვერ მოხერხდა. სცადეთ ხელახლა.',
};
