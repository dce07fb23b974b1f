/** The options of a `<parley-chat>` as its attributes say them, each with its default and its check. */
import type { Product } from '#protocol/message.ts';

import { directionOf, type Language, pickLanguage } from '../words/language.ts';

/** Every attribute that is read, and read again when it changes. */
export const ATTRIBUTES = [
  'api',
  'socket',
  'vendor',
  'vendor-name',
  'product',
  'position',
  'offset',
  'theme',
  'accent',
  'locale',
  'dir',
  'greeting',
  'lazy',
  'launcher',
] as const;

/** An attribute's name. */
export type Attribute = (typeof ATTRIBUTES)[number];

export type Theme = 'light' | 'dark' | 'auto';

/** What the attributes come to; what is missing or wrong has become its default. */
export interface WidgetOptions {
  readonly api: string;
  readonly socket: string;
  readonly vendor: string;
  readonly vendorName: string | null;
  readonly product: Product | null;
  /** The corner, along the direction of the text. */
  readonly position: 'end' | 'start';
  /** Pixels from the corner, inward and upward. */
  readonly offset: { readonly inline: number; readonly block: number };
  readonly theme: Theme;
  /** `#rrggbb`, or null for the built-in one. */
  readonly accent: string | null;
  /** A BCP 47 tag that `Intl` takes. */
  readonly locale: string;
  /** The language of the words: the locale's, or English. */
  readonly language: Language;
  readonly dir: 'ltr' | 'rtl';
  readonly greeting: string | null;
  /** Whether nothing is loaded before a touch. */
  readonly isLazy: boolean;
  readonly hasLauncher: boolean;
}

/** The options, and a sentence for developers about each attribute that was not understood. */
export interface ParsedOptions {
  readonly options: WidgetOptions;
  readonly problems: readonly string[];
}

type Read = (name: Attribute) => string | null;

const DEFAULT_LOCALE = 'en';
const DEFAULT_OFFSET_PX = 24;
const MAX_OFFSET_PX = 1_000;

/** An attribute's text; the language is the page's where none is named. */
export function readOption(element: Element, name: Attribute): string | null {
  const text = element.getAttribute(name);
  return name === 'locale' && !text ? element.ownerDocument.documentElement.lang : text;
}

/** Whether there is enough to chat with. */
export function isComplete({ api, socket, vendor }: WidgetOptions): boolean {
  return api !== '' && socket !== '' && vendor !== '';
}

/** Never throws: a widget with a typing error still chats. `read` gives an attribute's text, or null. */
export function parseOptions(read: Read): ParsedOptions {
  const problems: string[] = [];
  const checked = <T>(name: Attribute, fallback: T, parse: (text: string) => T | null): T => {
    const text = read(name);
    if (text === null || text === '') return fallback;
    const value = parse(text);
    if (value === null) problems.push(`<parley-chat ${name}="${text}"> is not understood.`);
    return value ?? fallback;
  };
  const needed = (name: Attribute, parse: (text: string) => string | null): string => {
    if (!read(name)) problems.push(`<parley-chat> needs the attribute ${name}.`);
    return checked(name, '', parse);
  };
  const locale = checked('locale', DEFAULT_LOCALE, parseLocale);
  const language = pickLanguage([locale]);
  const options: WidgetOptions = {
    api: needed('api', isAddress('http')),
    socket: needed('socket', isAddress('ws')),
    vendor: needed('vendor', (text) => text),
    vendorName: read('vendor-name') || null,
    product: checked<Product | null>('product', null, parseProduct),
    position: checked('position', 'end', oneOf('end', 'start')),
    offset: checked('offset', { inline: DEFAULT_OFFSET_PX, block: DEFAULT_OFFSET_PX }, parseOffset),
    theme: checked<Theme>('theme', 'auto', oneOf('light', 'dark', 'auto')),
    accent: checked<string | null>('accent', null, parseColour),
    locale,
    language,
    dir: checked('dir', directionOf(language), oneOf('ltr', 'rtl')),
    greeting: read('greeting') || null,
    isLazy: checked('lazy', true, parseFlag),
    hasLauncher: checked('launcher', true, parseFlag),
  };
  return { options, problems };
}

/** An absolute address of that protocol, plain or encrypted. */
function isAddress(protocol: string) {
  return (text: string): string | null =>
    new RegExp(`^${protocol}s?://.`, 'iu').test(text) && URL.canParse(text) ? text : null;
}

function oneOf<Value extends string>(...values: readonly Value[]) {
  return (text: string): Value | null => values.find((value) => value === text) ?? null;
}

/** As HTML has it, except that "false" and "off" can be said, since some of it is on by itself. */
function parseFlag(text: string): boolean | null {
  if (/^(?:false|off|none)$/u.test(text)) return false;
  return /^(?:true|on|lazy|auto)$/u.test(text) ? true : null;
}

/** "24" or "24 80": inward, then upward. */
function parseOffset(text: string): WidgetOptions['offset'] | null {
  const parts = text.trim().split(/\s+/u).map(Number);
  const [inline = Number.NaN, block = inline] = parts;
  const isFine = [inline, block].every((px) => px >= 0 && px <= MAX_OFFSET_PX);
  return isFine && parts.length <= 2 ? { inline, block } : null;
}

/** A colour in hexadecimal only: the text's colour upon it is reckoned from it. */
function parseColour(text: string): string | null {
  if (/^#[\da-f]{6}$/iu.test(text)) return text.toLowerCase();
  if (!/^#[\da-f]{3}$/iu.test(text)) return null;
  return text.toLowerCase().replaceAll(/[\da-f]/gu, '$&$&');
}

function parseLocale(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}

/** The server checks it whole; this only spares a widget that fails at its first message. */
function parseProduct(text: string): Product | null {
  try {
    const value: unknown = JSON.parse(text);
    return isProduct(value) ? value : null;
  } catch {
    return null;
  }
}

function isProduct(value: unknown): value is Product {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<string, unknown>> = { ...value };
  const isText = (name: string, pattern: RegExp) => {
    const text = fields[name];
    return typeof text === 'string' && pattern.test(text);
  };
  // it becomes a link: an address such as `javascript:…` is none
  const isLink = (name: string) => isAddress('http')(String(fields[name])) !== null;
  const isMissing = (name: string) => fields[name] === undefined;
  return (
    // as the API takes it: another one would keep the whole conversation from opening
    isText('id', /^[^]{1,128}$/) &&
    isText('title', /^[^]{1,200}$/) &&
    isLink('url') &&
    (isMissing('image') || isLink('image')) &&
    (isMissing('price') || isText('price', /^\d{1,12}(\.\d{1,4})?$/)) &&
    (isMissing('currency') || isText('currency', /^[A-Z]{3}$/))
  );
}
