/** Georgian: the settings of a shop. */
import type { ErrorCode } from '#protocol/errors.ts';

import { placeNames } from '../field-names.ts';
import { pluralOf } from '../plural.ts';
import type { settings as english } from '../en/settings.ts';
import { conversation } from './conversation.ts';

const plural = pluralOf('ka');
/** Not by Intl: Chromium would say "and". */
const list = (names: readonly string[]) => {
  const all = [...names];
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} და ${last}`;
};

const fields = {
  name: 'მაღაზიის სახელი',
  picture: 'სურათი',
  greeting: 'მისალმება',
  hours: 'სამუშაო საათები',
  awayMessage: 'ავტომატური პასუხი',
  timeZone: 'სასაათო სარტყელი',
  shortcut: 'მოკლე სახელი',
};

const FAILURES: Partial<Record<ErrorCode, string>> = {
  unavailable: 'არ შეინახა: ამჟამად კავშირი არ არის. თქვენი ცვლილებები აქ რჩება.',
  forbidden: 'არ შეინახა: ამის უფლება მხოლოდ მაღაზიის თანამშრომლებს აქვთ.',
  rate_limited: 'არ შეინახა: ერთდროულად ბევრი ცვლილებაა. ცოტა მოიცადეთ და შეინახეთ ხელახლა.',
  too_large: 'არ შეინახა: ტექსტი ძალიან გრძელია. შეამოკლეთ.',
};

export const settings: typeof english = {
  locale: conversation.locale,
  title: 'პარამეტრები',
  back: 'მიმოწერებზე დაბრუნება',
  sections: 'განყოფილებები',
  loading: 'პარამეტრები იტვირთება',
  loadFailed: 'პარამეტრები ვერ ჩაიტვირთა',
  loadFailedText: 'შეამოწმეთ კავშირი და სცადეთ ხელახლა.',
  names: fields,
  save: {
    save: 'შენახვა',
    saving: 'ინახება…',
    saved: 'შენახულია. ხუთ წამში ამოქმედდება.',
    unsaved: 'ჯერ არ არის შენახული',
    offline: 'კავშირი არ გაქვთ. შეინახეთ, როცა აღდგება; მანამდე გვერდი ღია დატოვეთ.',
    discard: 'გაუქმება',
    invalid: 'არ შეინახა: ზემოთ წერია, რა არ არის სწორი.',
    failed: (code) => FAILURES[code] ?? 'არ შეინახა. სცადეთ ხელახლა.',
    conflict: (names) => `ამასობაში კოლეგამ შეცვალა: ${list(names)}.`,
    force: 'მაინც ჩემი შეინახოს',
    takeTheirs: 'კოლეგისა დარჩეს',
    tryAgain: 'ხელახლა ცდა',
  },
  leave: {
    title: 'გახვიდეთ შენახვის გარეშე?',
    text: 'აქ შეცვლილი შენახული არ არის და დაიკარგება.',
    leave: 'გასვლა',
    stay: 'დარჩენა',
  },
  problem: {
    title: (count) => plural(count, { other: 'გასასწორებელია: #' }),
    at: placeNames({
      fields,
      other: 'პარამეტრები',
      day: (name) => name,
      holiday: (index) => `განსხვავებული დღე ${index}`,
      message: (index) => `შეტყობინება ${index}`,
      locale: conversation.locale,
    }),
    codes: {
      blank: 'ცარიელი არ უნდა იყოს.',
      order: 'დასასრული დასაწყისის შემდეგ უნდა იყოს.',
      overlap: 'უნდა იწყებოდეს წინა საათების დასრულების შემდეგ.',
      twice: 'ეს დღე უკვე არის სიაში.',
      taken: 'ეს მოკლე სახელი სხვა პასუხს აქვს.',
    },
    fields: {
      name: 'ერთი სტრიქონი, არაუმეტეს 100 სიმბოლო.',
      picture: 'სურათის https:// მისამართი სერვერზე, რომელსაც თქვენი მარკეტპლეისი უშვებს.',
      greeting: 'არაუმეტეს 1 000 სიმბოლო.',
      awayMessage: 'არაუმეტეს 1 000 სიმბოლო.',
      timeZone: 'აირჩიეთ სასაათო სარტყელი სიიდან.',
      date: 'აირჩიეთ თარიღი.',
      holidays: 'არაუმეტეს 100 დღე, თითო ერთხელ.',
      week: 'დღის საათები თანმიმდევრული უნდა იყოს და ერთმანეთს არ უნდა ეხებოდეს.',
      shortcut: 'ერთი სიტყვა: ასოები, ციფრები, _ და -.',
      messages: 'არაუმეტეს 2 000 სიმბოლო; ივსება მხოლოდ ქვემოთ მოცემული ცვლადები.',
    },
  },
  shop: {
    title: 'მაღაზია',
    intro: 'ამას ხედავენ მომხმარებლები თქვენი შეტყობინებების გვერდით.',
    name: fields.name,
    nameHint: 'თუ ცარიელია, მაღაზიას ის სახელი აქვს, რომელიც მარკეტპლეისმა იცის.',
    picture: fields.picture,
    pictureHint: 'კვადრატული სურათის მისამართი, იწყება https://-ით',
    greeting: fields.greeting,
    greetingHint: 'ჩანს მიმოწერაში, რომელიც ჯერ ცარიელია.',
    preview: 'რას ხედავენ მომხმარებლები',
    nameless: 'თქვენი მაღაზია',
  },
  hours: {
    title: fields.hours,
    intro:
      'მომხმარებლები ხედავენ, ღია ხართ თუ არა და როდის გახსნით. პასუხის დრო მხოლოდ ამ საათებში ითვლება.',
    none: 'სამუშაო საათების გარეშე',
    noneHint: 'არავის ეცნობება, რომ მაღაზია დაკეტილია.',
    some: 'ღიაა ამ საათებში',
    someHint: 'სხვა დროს მომხმარებლები ავტომატურ პასუხს იღებენ.',
    week: 'კვირა',
    timeZone: fields.timeZone,
    timeThere: (time) => `იქ ახლა არის ${time}.`,
    closed: 'დაკეტილია',
    open: 'ღიაა',
    from: 'დასაწყისი',
    to: 'დასასრული',
    addSpan: 'საათების დამატება',
    removeSpan: 'ამ საათების წაშლა',
    copy: (first, last) => `საათები ${first} დღიდან ყველა დღეზე, ${last} ჩათვლით`,
    holidays: 'განსხვავებული დღეები',
    holidaysHint: 'დღესასწაულები და დღეები საკუთარი საათებით. ისინი კვირის საათებზე წინ დგას.',
    addHoliday: 'დღის დამატება',
    removeHoliday: 'ამ დღის წაშლა',
    date: 'თარიღი',
  },
  away: {
    title: fields.awayMessage,
    intro: 'ვინც დაკეტილ მაღაზიას მისწერს, ამას მაშინვე მიიღებს, ერთხელ, გახსნამდე.',
    text: fields.awayMessage,
    textHint: 'ქვემოთ ჩანს, როდის გახსნით. თუ ცარიელია, არაფერი იგზავნება.',
    needsHours:
      'სამუშაო საათები არ გაქვთ, ამიტომ მაღაზია არასდროს არის დაკეტილი და ამას ვერავინ მიიღებს.',
    toHours: 'სამუშაო საათების დაყენება',
  },
  replies: {
    title: 'შენახული პასუხები',
    intro: 'მიმოწერაში აკრიფეთ /, რომ რომელიმე იპოვოთ. ყველა თქვენს კოლეგას იგივე აქვს.',
    add: 'პასუხის დამატება',
    empty: 'შენახული პასუხი ჯერ არ არის',
    emptyText: 'შეინახეთ, რასაც ხშირად წერთ, და გაგზავნეთ / ნიშნითა და მოკლე სახელით.',
    find: 'პასუხის ძებნა',
    notFound: 'ამ სიტყვებით პასუხი არ არის.',
    loadFailed: 'შენახული პასუხები ვერ ჩაიტვირთა.',
    edit: 'შეცვლა',
    delete: 'წაშლა',
    deleteTitle: (shortcut) => `წაიშალოს /${shortcut}?`,
    deleteText: 'ის ყველა თქვენს კოლეგას დაეკარგება.',
    keep: 'დატოვება',
    shortcut: fields.shortcut,
    shortcutHint: 'ერთი სიტყვა; იპოვება / ნიშნითა და პირველი ასოებით.',
    message: (index) => `შეტყობინება ${index}`,
    addMessage: 'კიდევ ერთი შეტყობინება',
    removeMessage: (index) => `შეტყობინება ${index}: წაშლა`,
    moveUp: (index) => `შეტყობინება ${index}: ზემოთ`,
    insert: (what, index) => `ჩასმა შეტყობინებაში ${index}: ${what}`,
    variables: {
      customer: 'მომხმარებლის სახელი',
      product: 'ნივთი, რომელზეც კითხულობენ',
      agent: 'თქვენი სახელი',
      shop: 'მაღაზიის სახელი',
    },
    variablesHint:
      'რამდენიმე შეტყობინება სათითაოდ იგზავნება. {{customer}}, {{product}}, {{agent}} და {{shop}} ივსება; რაც უცნობია, გამოტოვებულია.',
    preview: 'რას წაიკითხავს მომხმარებელი',
    example: { customer: 'ნინო', product: 'ლურჯი ჯამი' },
    gone: 'კოლეგამ ეს პასუხი წაშალა. თქვენის დასატოვებლად კიდევ ერთხელ შეინახეთ.',
    tooMany: 'არ შეინახა: მაღაზია ინახავს 200 პასუხს, სულ 80 000 სიმბოლოს.',
  },
  notifications: {
    title: 'ცნობები',
    intro: 'ეს მხოლოდ თქვენთვისაა, ამ ბრაუზერში, და მაშინვე მოქმედებს.',
    sound: 'ხმა',
    soundHint: 'ორი რბილი ბგერა, როცა მომხმარებელი წერს და მიმოწერას არ უყურებთ.',
    trySound: 'მოსმენა',
    popups: 'ბრაუზერის ცნობები',
    popupsHint: 'როცა სხვა რამეს უყურებთ. დაჭერით მიმოწერა გაიხსნება.',
    tryPopup: 'ჩვენება',
    denied:
      'ბრაუზერი ამ გვერდის ცნობებს ბლოკავს. დაუშვით ისინი ბრაუზერის პარამეტრებში ამ გვერდისთვის და დაბრუნდით.',
    unsupported: 'ეს ბრაუზერი გვერდების ცნობებს არ აჩვენებს.',
    notShown: 'ბრაუზერმა ის არ აჩვენა.',
    tried: { title: 'ასე გამოიყურება ცნობა', text: 'აქ შეტყობინების ტექსტი იქნება.' },
    badge: 'რიცხვი ჩანართში',
    badgeHint: 'წაუკითხავი შეტყობინებები სათაურში და წერტილი ხატულაზე.',
    tryBadge: 'ნახვა',
    keys: 'კლავიატურა',
    shortcuts: 'კლავიატურის მალსახმობები',
    shortcutsHint: 'ყველას სანახავად ფოსტაში დააჭირეთ ?-ს.',
  },
};
