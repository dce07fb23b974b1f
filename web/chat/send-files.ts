/** Files of the browser on their way into a room. */
import type { FileToSend, RoomHandle } from '#client/conversation.ts';
import { ChatError } from '#protocol/errors.ts';
import { DEFAULT_LIMITS } from '#protocol/limits.ts';

/**
 * Sends the pictures in one message and every other file in another.
 * @throws ChatError `too_large` for more or larger files than a message takes
 */
export async function sendFiles(room: RoomHandle, files: readonly File[]): Promise<void> {
  if (files.length > DEFAULT_LIMITS.maxAttachments) throw new ChatError('too_large');
  const [all] = await Promise.all([Promise.all(files.map(toFileToSend)), room.prepareFiles()]);
  const pictures = all.filter(({ width }) => width !== undefined);
  const others = all.filter(({ width }) => width === undefined);
  for (const group of [pictures, others]) {
    if (group.length > 0) room.sendFiles({ files: group });
  }
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
