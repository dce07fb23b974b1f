/** A short-lived address to download a file of a room from. */
import { ChatError } from '#protocol/errors.ts';
import { DOWNLOAD_TTL_SECONDS } from '#protocol/limits.ts';

import { type Caller, enterRoom, type GetHead } from '../access.ts';
import { toIso } from '../room.ts';

/** Where a file is, once a message carries it. */
export interface Place {
  readonly roomId: string;
  readonly key: string;
}

export interface DownloadPorts {
  readonly rooms: { getHead: GetHead };
  readonly objects: {
    hasKept: (place: Place) => Promise<boolean>;
    /** The headers of its answer were fixed when the file was kept. */
    signDownload: (place: Place) => Promise<string>;
  };
  readonly now: () => number;
}

/**
 * An upload that no message carries is nobody's to download, its owner's neither.
 * @throws ChatError `not_found`
 */
export async function getDownload(
  ports: DownloadPorts,
  caller: Caller,
  place: Place,
): Promise<{ url: string; expiresAt: string }> {
  await enterRoom(ports.rooms, caller, place.roomId);
  if (!(await ports.objects.hasKept(place))) throw new ChatError('not_found');
  const expiresAt = toIso(ports.now() + DOWNLOAD_TTL_SECONDS * 1000);
  return { url: await ports.objects.signDownload(place), expiresAt };
}
