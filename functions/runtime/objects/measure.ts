/** How large a picture is, from its first bytes. */
import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import type { IImage } from 'image-size/types/interface';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';

import type { Measures } from '#core/attachments/attach.ts';

/** The readers of the types that are let through, and of no other: each is more that a forged file could meet. */
const READERS: Readonly<Record<string, IImage>> = {
  'image/jpeg': JPG,
  'image/png': PNG,
  'image/gif': GIF,
  'image/webp': WEBP,
  'image/avif': HEIF,
  'image/heic': HEIF,
  'image/heif': HEIF,
};

/** The boxes that tell a HEIF's measures take a few KB; its reader's time grows with the square of what it is given. */
const HEIF_BYTES = 32 * 1024;

/** Orientations of EXIF from the fifth on lie on their side. */
const FIRST_TURNED = 5;

/** The measures of a picture as it is shown; none where its first bytes do not tell. */
export function measure(contentType: string, firstBytes: Uint8Array): Measures {
  try {
    const reader = READERS[contentType];
    const part = reader === HEIF ? firstBytes.subarray(0, HEIF_BYTES) : firstBytes;
    // In a buffer of their own: the readers look past the end of a view, at whatever else its buffer holds.
    const size = reader?.calculate(new Uint8Array(part));
    if (size === undefined) return {};
    // A phone's picture is made of tiles and has a preview: the largest is the picture.
    const all = [size, ...(size.images ?? [])];
    const { width, height } = all.reduce((a, b) =>
      b.width * b.height > a.width * a.height ? b : a,
    );
    const { orientation = 1 } = size;
    return orientation >= FIRST_TURNED ? { width: height, height: width } : { width, height };
  } catch {
    return {};
  }
}
