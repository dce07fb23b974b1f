/** What the demo shop sells, and who makes it. */
import type { Product } from '#protocol/message.ts';

/** A shop of the marketplace. */
export interface Vendor {
  id: string;
  name: string;
  place: string;
  since: number;
  about: string;
}

/** A product on a shelf; its three pictures stand in `/products/<id>/`. */
export interface ShopProduct {
  id: string;
  vendorId: string;
  title: string;
  /** In lari, a decimal number as text. */
  price: string;
  about: string;
  facts: readonly string[];
}

export const CURRENCY = 'GEL';
export const PICTURES = [1, 2, 3] as const;

export const VENDORS: readonly Vendor[] = [
  {
    id: '7',
    name: 'Tbilisi Ceramics',
    place: 'Sololaki, Tbilisi',
    since: 2019,
    about: 'Two sisters and three wheels. Everything is thrown, glazed and fired in our yard.',
  },
  {
    id: '8',
    name: 'Kakheti Cellar',
    place: 'Sighnaghi, Kakheti',
    since: 2021,
    about: 'A family cellar with eleven qvevris in the ground, the oldest from 1898.',
  },
  {
    id: '9',
    name: 'Svaneti Wool',
    place: 'Mestia, Svaneti',
    since: 2020,
    about: 'Fourteen women of the upper valley felt, weave and knit the wool of its sheep.',
  },
  {
    id: '10',
    name: 'Rustavi Woodwork',
    place: 'Rustavi',
    since: 2022,
    about: 'One bench, old trees that had to come down, and oil instead of lacquer.',
  },
];

export const PRODUCTS: readonly ShopProduct[] = [
  {
    id: 'blue-bowl',
    vendorId: '7',
    title: 'Blue bowl',
    price: '45.00',
    about:
      'A bowl for the middle of the table, in the cobalt of old Tbilisi tiles. The white line is drawn by hand, so no two are alike.',
    facts: ['Stoneware, 24 cm across', 'Holds 1.6 litres', 'Glazed without lead'],
  },
  {
    id: 'felt-hat',
    vendorId: '9',
    title: 'Svan felt hat',
    price: '38.00',
    about:
      'The hat of the mountains: warm in the snow, cool in the sun. Felted in one piece and bound with a black cord.',
    facts: ['Pure sheep’s wool', 'Sizes 54–60: ask us for yours', 'Hand-felted in Mestia'],
  },
  {
    id: 'amber-wine',
    vendorId: '8',
    title: 'Amber wine, Rkatsiteli 2023',
    price: '52.00',
    about:
      'Six months on its skins in a buried qvevri. Dried apricot, walnut, a little tea; good with cheese and long evenings.',
    facts: ['0.75 litres, 12.5 %', 'Unfiltered', 'Serve at 14 °C'],
  },
  {
    id: 'walnut-board',
    vendorId: '10',
    title: 'Walnut board',
    price: '65.00',
    about:
      'Cut from one plank of a tree that fell in the storm of 2021. Oiled three times, and it will look better every year.',
    facts: ['Walnut, 42 × 26 cm', 'Linseed oil', 'Wash by hand'],
  },
  {
    id: 'speckled-mug',
    vendorId: '7',
    title: 'Speckled mug',
    price: '28.00',
    about:
      'A mug with a thick lip and room for three fingers. The foot stays unglazed, so you feel the clay.',
    facts: ['Stoneware, 320 ml', 'Fits a dishwasher', 'Sold one by one'],
  },
  {
    id: 'wool-blanket',
    vendorId: '9',
    title: 'Woven blanket',
    price: '210.00',
    about:
      'Woven in two weeks on a standing loom. Madder red, indigo, and a yellow that comes from onion skins.',
    facts: ['Wool, 140 × 200 cm', 'Plant dyes', 'Each one is signed'],
  },
  {
    id: 'clay-jug',
    vendorId: '8',
    title: 'Clay wine jug',
    price: '34.00',
    about:
      'Keeps white wine cool through a supra without any ice. Painted with the grapes of our oldest vine.',
    facts: ['Earthenware, 1 litre', 'Waxed inside', 'Rinse with cold water'],
  },
  {
    id: 'oak-stool',
    vendorId: '10',
    title: 'Oak stool',
    price: '180.00',
    about: 'Four legs, no screws. It carries a grown man, a pile of books or the Christmas tree.',
    facts: ['Oak, 46 cm high', 'Wedged joints', 'Made in a week'],
  },
  {
    id: 'tall-vase',
    vendorId: '7',
    title: 'Terracotta vase',
    price: '120.00',
    about:
      'A tall, quiet vase for one branch. Burnished with a river stone before it goes into the fire.',
    facts: ['Terracotta, 38 cm high', 'Glazed inside, so it holds water', 'Signed on its foot'],
  },
  {
    id: 'churchkhela',
    vendorId: '8',
    title: 'Churchkhela, three kinds',
    price: '12.00',
    about:
      'Walnuts on a string, dipped in thickened grape juice: Saperavi, Rkatsiteli and mulberry. Hikers carry it instead of chocolate.',
    facts: ['3 × 120 g', 'No sugar added', 'Keeps for three months'],
  },
  {
    id: 'wool-socks',
    vendorId: '9',
    title: 'Knitted socks',
    price: '24.00',
    about:
      'For boots, cold floors and grandfathers. The pattern under the cuff means “come home well”.',
    facts: ['Wool with a little nylon', 'Sizes 36–45', 'Wash at 30 °C'],
  },
  {
    id: 'spoon-set',
    vendorId: '10',
    title: 'Three kitchen tools',
    price: '30.00',
    about:
      'A spoon for tasting, a turner, and a spoon for everybody else. Cherry, walnut and pear.',
    facts: ['30 cm long', 'Kind to pans', 'Oil them now and then'],
  },
];

/** The product of that id, or null. */
export function findProduct(id: string): ShopProduct | null {
  return PRODUCTS.find((product) => product.id === id) ?? null;
}

/** The shop that sells a product. @throws Error for a shop that the catalogue does not know */
export function vendorOf({ vendorId }: Pick<ShopProduct, 'vendorId'>): Vendor {
  const vendor = VENDORS.find(({ id }) => id === vendorId);
  if (vendor === undefined) throw new Error(`The catalogue has no vendor ${vendorId}.`);
  return vendor;
}

/** What a shop is called here. */
export function nameOfVendor(vendorId: string): string | undefined {
  return VENDORS.find(({ id }) => id === vendorId)?.name;
}

/** The path of a product's picture; the first one is its face. */
export function picturePath(
  { id }: Pick<ShopProduct, 'id'>,
  picture: number = PICTURES[0],
): string {
  return `/products/${id}/${picture}.svg`;
}

/** The path of a product's page. */
export function productPath({ id }: Pick<ShopProduct, 'id'>): string {
  return `/product/${id}`;
}

/** The product as a message carries it, with addresses that also work outside of this page. */
export function productForChat(product: ShopProduct, origin: string): Product {
  return {
    id: product.id,
    title: product.title,
    url: new URL(productPath(product), origin).href,
    image: new URL(picturePath(product), origin).href,
    price: product.price,
    currency: CURRENCY,
  };
}
