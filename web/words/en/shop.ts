/** English: the pages of the demo shop. */

export const shop = {
  locale: 'en-GB',
  brand: 'Bazari',
  tagline: 'Made by hand in Georgia. Ask the people who made it.',
  intro:
    'Four workshops, twelve things to live with. Something unclear? Write to the shop: a person answers.',
  heroQuestion: 'Could you glaze it in green?',
  heroAnswer: 'For you? With pleasure.',
  everything: 'Everything',
  filter: 'Shops',
  products: 'Products',
  inbox: 'Shop inbox',
  home: 'All products',
  youAre: 'You are',
  language: 'Language',
  messages: 'Messages',
  lookAround: 'Look around the shop',
  demo: 'Demo controls',
  examples: {
    about: 'The same chat on pages that are not ours:',
    html: 'a plain HTML page',
    react: 'a React page',
  },
  notFoundTitle: 'There is no such product',
  notFoundText: 'It may be sold out, or the address has a typing error.',
  notFoundAction: 'See all products',
  soldBy: 'Sold by',
  madeIn: (place: string) => `Workshop in ${place}`,
  since: (year: string) => `On Bazari since ${year}`,
  moreOf: (vendor: string) => `More from ${vendor}`,
  details: 'Details',
  picture: (index: number, title: string) => `${title}, picture ${index}`,
  pictures: 'Pictures',
  delivery: 'Delivered in Tbilisi in 1–2 days, elsewhere in Georgia in 3–5',
  footer:
    'Bazari is the demo shop of Parley, the open-source chat for marketplaces. Nothing here is for sale.',
};
