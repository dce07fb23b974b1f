/** The `range` header of a download. */
import type { ByteRange } from './object-store.ts';
import { S3Error } from './s3-error.ts';

/**
 * The part that is asked for; undefined for the whole, also where the header is of another kind: S3 ignores those.
 * @throws S3Error InvalidRange where it begins behind the end
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const range = first === '' ? suffix(Number(last), size) : between(Number(first), last, size);
  if (range && (last === '' || first === '' || Number(last) >= range.start)) return range;
  if (range) return undefined;
  throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    ActualObjectSize: size,
    RangeRequested: header ?? '',
  });
}

function between(start: number, last: string, size: number): ByteRange | undefined {
  if (start >= size) return undefined;
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

function suffix(length: number, size: number): ByteRange | undefined {
  if (length === 0 || size === 0) return undefined;
  return { start: Math.max(0, size - length), end: size - 1 };
}
