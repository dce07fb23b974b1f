/** Georgian: what is said only after one asked for something; fetched then. */
import type * as english from '../en/seldom.ts';

export const seldom: typeof english.seldom = {
  reactWith: (emoji) => `რეაქცია: ${emoji}`,
  reply: 'პასუხი',
  edit: 'შესწორება',
  remove: 'წაშლა',
  removeForAll: 'წავშალოთ ყველასთვის?',
  nextPicture: 'შემდეგი სურათი',
  previousPicture: 'წინა სურათი',
  fileTooLarge: (name) => `${name} 25 მბ-ზე დიდია.`,
  fileUnsupported: (name) => `${name}: ასეთი ფაილების გაგზავნა შეუძლებელია.`,
  fileEmpty: (name) => `${name} ცარიელია.`,
  filesTooMany: (name) => `${name}: ერთბაშად ძალიან ბევრი ფაილია.`,
};

export const refusals: typeof english.refusals = {
  rate_limited: 'ძალიან ბევრი ცვლილებაა ერთბაშად. მოიცადეთ ცოტა ხანს და სცადეთ ხელახლა.',
  forbidden: 'ამ შეტყობინების შეცვლა უკვე შეუძლებელია.',
  not_found: 'ეს შეტყობინება აღარ არსებობს.',
  unsupported:
    'ასეთი ფაილების გაგზავნა შეუძლებელია. შეგიძლიათ გაგზავნოთ სურათები, PDF და დოკუმენტები.',
  too_large: 'ერთბაშად ძალიან ბევრია: შეიძლება 10-მდე ფაილი, თითო 25 მბ-მდე.',
  invalid: 'ამის გაგზავნა შეუძლებელია. მაგალითად, ცარიელ ფაილში არაფერია საჩვენებელი.',
};
