/** Items as they stand in events: the SDK's own notation, its bytes as base64. */

/** The same value with nothing in it that JSON cannot say. */
export function wireOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(wireOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, wireOf(part)]));
}
