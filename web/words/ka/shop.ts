/** Georgian: the pages of the demo shop. */
import { speakGeorgian } from '../../ui/text/georgian.ts';
import type { shop as english } from '../en/shop.ts';

speakGeorgian();

export const shop: typeof english = {
  locale: 'ka',
  brand: 'ბაზარი',
  tagline: 'ხელით ნაკეთი საქართველოში. ჰკითხეთ მათ, ვინც შექმნა.',
  intro:
    'ოთხი სახელოსნო, თორმეტი ნივთი სახლისთვის. რამე გაუგებარია? მისწერეთ მაღაზიას: ადამიანი გიპასუხებთ.',
  heroQuestion: 'მწვანე ჭიქურით თუ შეიძლება?',
  heroAnswer: 'თქვენთვის? სიამოვნებით.',
  everything: 'ყველაფერი',
  filter: 'მაღაზიები',
  products: 'ნივთები',
  inbox: 'მაღაზიის ფოსტა',
  home: 'ყველა ნივთი',
  youAre: 'თქვენ ხართ',
  language: 'ენა',
  skip: 'მთავარ შინაარსზე გადასვლა',
  messages: 'შეტყობინებები',
  lookAround: 'მაღაზიის დათვალიერება',
  demo: 'დემოს მართვა',
  examples: {
    about: 'იგივე ჩატი სხვა გვერდებზე:',
    html: 'უბრალო HTML გვერდი',
    react: 'React-ის გვერდი',
  },
  notFoundTitle: 'ასეთი ნივთი არ არის',
  notFoundText: 'შესაძლოა გაიყიდა ან მისამართში შეცდომაა.',
  notFoundAction: 'ყველა ნივთის ნახვა',
  soldBy: 'ყიდის',
  madeIn: (place) => `სახელოსნო: ${place}`,
  since: (year) => `ბაზარზე ${year} წლიდან`,
  moreOf: (vendor) => `სხვა ნივთები: ${vendor}`,
  details: 'დეტალები',
  picture: (index, title) => `${title}, სურათი ${index}`,
  pictures: 'სურათები',
  delivery: 'მიწოდება თბილისში 1–2 დღეში, სხვაგან საქართველოში 3–5 დღეში',
  footer:
    'ბაზარი არის Parley-ს სადემონსტრაციო მაღაზია; Parley არის ღია კოდის ჩატი მარკეტპლეისებისთვის. აქ არაფერი იყიდება.',
};
