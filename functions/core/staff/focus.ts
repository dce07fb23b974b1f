/** Where a colleague is: told, never stored. */
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Caller, causeOf, enterRoom, type GetHead, requireStaff } from '../access.ts';
import { fanOut, type FanOutPorts } from '../fan-out.ts';

/** The room somebody looks at, or none; `replying` while writing there. */
export interface FocusCommand {
  readonly roomId: string | null;
  readonly replying?: boolean;
}

/**
 * Tells the colleagues of one shop where the caller is, and nobody else; the caller's other devices too.
 * @throws ChatError `forbidden` for all but a shop's staff, `not_found`
 */
export async function setFocus(
  ports: FanOutPorts & { rooms: { getHead: GetHead } },
  caller: Caller,
  { roomId, replying = false }: FocusCommand,
): Promise<void> {
  const member = requireStaff(caller);
  if (roomId !== null) await enterRoom(ports.rooms, caller, roomId);
  const { user, name } = caller;
  const frame: ServerFrame = {
    event: 'focus',
    roomId,
    user,
    name,
    replying: roomId !== null && replying,
  };
  await fanOut(ports, [{ member, frames: [frame], skip: causeOf(caller) }]);
}
