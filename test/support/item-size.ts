/** What an item weighs by DynamoDB's own rules, which count attribute names, and digits of numbers by half. */

/** Bytes of an item: a write costs a unit for every 1,024 begun. */
export function itemBytes(item: Record<string, unknown>): number {
  const sizes = Object.entries(item).map(([name, value]) => textBytes(name) + valueBytes(value));
  return sum(sizes);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/gu, '').length / 2) + 1;
  if (Array.isArray(value)) return 3 + sum(value.map((one) => valueBytes(one) + 1));
  if (typeof value === 'object' && value !== null) {
    return 3 + Object.keys(value).length + itemBytes(Object.fromEntries(Object.entries(value)));
  }
  return 1;
}

function textBytes(text: string): number {
  return Buffer.byteLength(text);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
