/** Files of the browser on their way into a room. */
import type { FileToSend, RoomHandle } from '#client/conversation.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

import { checkFiles, type RefusedFile } from './check-files.ts';

interface FilesToSend {
  readonly room: RoomHandle;
  readonly files: readonly File[];
  /** The `seq` of the message that they answer. */
  readonly replyTo?: number | undefined;
}

/** What takes a message under way back, by its id. */
const cancels = new WeakMap<RoomHandle, Map<string, () => void>>();

/**
 * Sends the pictures in messages of their own and every other file in others, as many as a message takes.
 * @returns the files that cannot be sent
 */
export async function sendFiles({
  room,
  files,
  replyTo,
}: FilesToSend): Promise<readonly RefusedFile[]> {
  const { allowed, refused } = checkFiles(files);
  const [all] = await Promise.all([Promise.all(allowed.map(toFileToSend)), room.prepareFiles()]);
  const pictures = all.filter(({ width }) => width !== undefined);
  const others = all.filter(({ width }) => width === undefined);
  const known = cancels.get(room) ?? new Map<string, () => void>();
  cancels.set(room, known);
  for (const [index, group] of [...groupsOf(pictures), ...groupsOf(others)].entries()) {
    const answers = replyTo !== undefined && index === 0 ? { replyTo } : {};
    const { id, cancel } = room.sendFiles({ files: group, ...answers });
    known.set(id, cancel);
  }
  return refused;
}

/** Takes a message back whose files are under way; does nothing to any other. */
export function cancelFiles(room: RoomHandle, id: string): void {
  cancels.get(room)?.get(id)?.();
  cancels.get(room)?.delete(id);
}

function groupsOf(files: readonly FileToSend[]): readonly (readonly FileToSend[])[] {
  const { maxAttachments } = DEFAULT_LIMITS;
  const count = Math.ceil(files.length / maxAttachments);
  return Array.from({ length: count }, (_, index) =>
    files.slice(index * maxAttachments, (index + 1) * maxAttachments),
  );
}

/** What the browser can draw has a width and a height, and is a picture. */
async function toFileToSend(file: File): Promise<FileToSend> {
  const { name, type, size } = file;
  const plain = { name, contentType: type, size, body: file };
  if (!type.startsWith('image/')) return plain;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { ...plain, width, height };
  } catch {
    // Not one that this browser draws: it goes as a file.
    return plain;
  }
}
