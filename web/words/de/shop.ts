/** German: the pages of the demo shop. */
import type { shop as english } from '../en/shop.ts';

export const shop: typeof english = {
  locale: 'de',
  brand: 'Bazari',
  tagline: 'Handgemacht in Georgien. Fragen Sie die, die es gemacht haben.',
  intro:
    'Vier Werkstätten, zwölf Dinge fürs Leben. Etwas unklar? Schreiben Sie dem Shop: Ein Mensch antwortet.',
  heroQuestion: 'Ginge die Glasur auch in Grün?',
  heroAnswer: 'Für Sie? Sehr gern.',
  everything: 'Alles',
  filter: 'Shops',
  products: 'Produkte',
  inbox: 'Shop-Postfach',
  home: 'Alle Produkte',
  youAre: 'Sie sind',
  language: 'Sprache',
  skip: 'Zum Inhalt springen',
  messages: 'Nachrichten',
  lookAround: 'Im Shop umsehen',
  demo: 'Steuerung der Demo',
  examples: {
    about: 'Derselbe Chat auf anderen Seiten:',
    html: 'eine einfache HTML-Seite',
    react: 'eine React-Seite',
  },
  notFoundTitle: 'Dieses Produkt gibt es nicht',
  notFoundText: 'Vielleicht ist es ausverkauft, oder die Adresse hat einen Tippfehler.',
  notFoundAction: 'Alle Produkte ansehen',
  soldBy: 'Verkauft von',
  madeIn: (place) => `Werkstatt in ${place}`,
  since: (year) => `Bei Bazari seit ${year}`,
  moreOf: (vendor) => `Mehr von ${vendor}`,
  details: 'Einzelheiten',
  picture: (index, title) => `${title}, Bild ${index}`,
  pictures: 'Bilder',
  delivery: 'Lieferung in Tiflis in 1–2 Tagen, sonst in Georgien in 3–5',
  footer:
    'Bazari ist der Demo-Shop von Parley, dem quelloffenen Chat für Marktplätze. Nichts hier ist zu kaufen.',
};
