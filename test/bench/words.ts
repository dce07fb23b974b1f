/** What people write: Georgian names, texts of real-life length, and a product somebody asks about. */
import type { Product } from '#protocol/message.ts';

/** A shop of the marketplace, as its staff's token names it. */
export const SHOP_NAME = 'თბილისის კერამიკის სახელოსნო';
export const STAFF_NAME = 'ანა ბერიძე';
export const CUSTOMER_NAME = 'ნინო ქავთარაძე-მაისურაძე';

export const PRODUCT: Product = {
  id: 'sku-2026-0417-blue-L',
  title: 'ხელნაკეთი ლურჯი თასი, დიდი, მოჭიქული თიხა (28 სმ)',
  url: 'https://market.example.ge/products/khelnaketi-lurji-tasi-didi-28-sm?ref=category-ceramics',
  image: 'https://images.example.ge/products/2026/04/khelnaketi-lurji-tasi-didi-1200x1200.webp',
  price: '145.00',
  currency: 'GEL',
};

/** Mostly short, now and then a whole paragraph: one of twenty is longer than a kilobyte can hold with its keys. */
const TEXTS = [
  'გამარჯობა! ეს თასი კიდევ გაქვთ?',
  'დიახ, გვაქვს სამი ცალი მარაგში.',
  'ჭურჭლის სარეცხ მანქანაში შეიძლება?',
  'კი, მაგრამ უმჯობესია ხელით გარეცხოთ, რომ მოჭიქვა დიდხანს გაძლოს.',
  'გასაგებია',
  'ქუთაისში რამდენ დღეში მოიტანთ?',
  'ჩვეულებრივ ორ-სამ სამუშაო დღეში. დღეს თუ შეუკვეთავთ, ხვალ დილით გავგზავნით.',
  'მადლობა 🙏',
  'და მიწოდება რა ღირს?',
  'ასი ლარის ზემოთ უფასოა, ისე ცხრა ლარი.',
  'კარგი. ორი ცალი მინდა, ერთი საჩუქარია — შეგიძლიათ ცალკე შეფუთოთ?',
  'რა თქმა უნდა! საჩუქრის ყუთი ხუთი ლარია, ბარათსაც ჩავდებთ, თუ ტექსტს მოგვწერთ.',
  'დიდი მადლობა',
  'ბარათზე დაწერეთ: „გილოცავ დაბადების დღეს, ჩემო ძვირფასო! სიყვარულით, ნინო“.',
  'აუცილებლად 😊',
  'კიდევ ერთი კითხვა: მწვანე ფერში როდის გექნებათ?',
  'მწვანე დაახლოებით ორ კვირაში იქნება მზად, შემიძლია მოგწეროთ, როცა ღუმელიდან გამოვიღებთ.',
  'კარგი იქნება, მადლობა!',
  'გადახდა ადგილზეც შეიძლება, ბარათით ან ნაღდი ფულით.',
  'წინა შეკვეთაზე მინდოდა მეთქვა: ლამბაქი ოდნავ გაბზარული მოვიდა, ალბათ გზაში დაარტყეს. ფოტოს საღამოს გამოგიგზავნით, როცა სახლში ვიქნები. თუ შეიძლება, ამჯერად უფრო კარგად შეფუთეთ, რადგან ეს საჩუქარია და ძალიან არ მინდა, რომ ისევ გატეხილი მივიდეს. სხვა მხრივ ყველაფრით კმაყოფილი ვარ, ფერიც ზუსტად ისეთია, როგორიც სურათზე.',
];

/** The text of a conversation's nth message. */
export function textOf(count: number): string {
  return TEXTS[count % TEXTS.length] ?? '';
}
