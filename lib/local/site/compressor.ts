/** Compression as CloudFront does it: which answers, with what, and each of them once. */
import { promisify } from 'node:util';
import zlib from 'node:zlib';

import type { Encoding } from './model.ts';

/** What decides whether an answer is compressed. */
export interface Compressible {
  /** The request's `accept-encoding`. */
  readonly accepted: string;
  /** The answer's `content-type`. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** Compresses and remembers. */
export interface Compressor {
  /** The first encoding of those offered that the browser takes; undefined leaves the answer as it is. */
  choose(offered: readonly Encoding[], answer: Compressible): Encoding | undefined;
  /** @param version names the body: the same one is compressed once */
  compress(body: Buffer, encoding: Encoding, version: string): Promise<Buffer>;
}

/** The sizes between which CloudFront compresses. */
const MIN_BYTES = 1_000;
const MAX_BYTES = 10_000_000;
/** Of CloudFront's list, what a site has. */
const TYPES =
  /^(?:text\/(?:html|css|plain|javascript|xml|csv|markdown)|application\/(?:javascript|json|manifest\+json|wasm|xml)|image\/svg\+xml)(?:;|$)/u;
/** CloudFront does not say how hard it tries; these take few milliseconds. */
const BROTLI_QUALITY = 5;
const GZIP_LEVEL = 6;

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Makes one with an empty memory. */
export function createCompressor(): Compressor {
  const memory = new Map<string, Promise<Buffer>>();
  return {
    choose(offered, { accepted, type, size }) {
      if (size < MIN_BYTES || size > MAX_BYTES || !TYPES.test(type)) return undefined;
      return offered.find((encoding) => accepts(accepted, encoding));
    },
    compress(body, encoding, version) {
      const key = `${encoding} ${version}`;
      const known = memory.get(key);
      if (known) return known;
      const compressed = encoding === 'br' ? brotliOf(body) : gzip(body, { level: GZIP_LEVEL });
      memory.set(key, compressed);
      return compressed;
    },
  };
}

function brotliOf(body: Buffer): Promise<Buffer> {
  return brotli(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}

/** `gzip, br;q=0.5, zstd;q=0`: named, and not with a weight of zero. */
function accepts(header: string, encoding: Encoding): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((it) => it.trim());
    return name === encoding && !parameters.some((it) => /^q=0(?:\.0*)?$/u.test(it));
  });
}
