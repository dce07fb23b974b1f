/** What comes in over the socket, read. */
import type { ServerFrame } from '#protocol/server-frames.ts';

/** The contract is checked where the server makes it; anything that is no event of it is passed over. */
export function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame = typeof frame === 'object' && frame !== null && 'event' in frame;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is the parse function
    return isFrame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}

/** The room that a frame is about, or null. */
export function roomIdOf(frame: ServerFrame): string | null {
  if ('roomId' in frame) return frame.roomId;
  if ('message' in frame && typeof frame.message === 'object') return frame.message.roomId;
  if ('note' in frame) return frame.note.roomId;
  return 'room' in frame ? frame.room.roomId : null;
}
