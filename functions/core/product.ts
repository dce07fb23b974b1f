/** Which product links and pictures a deployment lets through. */
import { ChatError, type FieldError } from '#protocol/errors.ts';
import type { Limits } from '#protocol/limits.ts';
import type { Product } from '#protocol/message.ts';

/** What a deployment decided, normalised once when it starts. */
export interface Rules {
  readonly limits: Limits;
  /** Hosts that products may name. Empty, or with `*`: every https host. */
  readonly productHosts: readonly string[];
}

/** @throws ChatError `invalid` naming each link whose host is not allowed */
export function checkProduct(product: Product | undefined, rules: Rules, at: string): void {
  if (product === undefined) return;
  const links = { url: product.url, image: product.image };
  const errors: FieldError[] = Object.entries(links)
    .filter(([, link]) => link !== undefined && !isAllowedLink(link, rules.productHosts))
    .map(([field]) => ({ path: `${at}.${field}`, message: 'is not of an allowed host' }));
  if (errors.length > 0) throw new ChatError('invalid', { errors });
}

/** http passes only where its host is listed by name, which is for development on one machine. */
export function isAllowedLink(link: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, host, hostname } = new URL(link);
  if (hosts.includes(hostname) || hosts.includes(host)) return true;
  return protocol === 'https:' && (hosts.length === 0 || hosts.includes('*'));
}

/** True for the same product with the same details, whatever the order of its fields. */
export function isSameProduct(a: Product | undefined, b: Product | undefined): boolean {
  return fingerprintOf(a) === fingerprintOf(b);
}

/** One text per product, for a database returns the fields of a map in its own order. */
export function fingerprintOf(product: Product | undefined): string {
  if (product === undefined) return '';
  const { id, title, url, image, price, currency } = product;
  return JSON.stringify([id, title, url, image, price, currency]);
}
