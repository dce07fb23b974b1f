/** The addresses of the inbox: the list, a conversation, what is known about it, the settings. */
import { matchPath } from '../ui/navigation.tsx';

/** Where one is. */
export type Place =
  | { kind: 'list' }
  | { kind: 'settings' }
  | { kind: 'room'; roomId: string; isAbout: boolean };

/** The place of a path; one that is nothing else is the list. */
export function placeOf(path: string): Place {
  if (isSettings(path)) return { kind: 'settings' };
  const about = matchPath('/inbox/:roomId/about', path)?.roomId;
  if (about !== undefined) return { kind: 'room', roomId: about, isAbout: true };
  const roomId = matchPath('/inbox/:roomId', path)?.roomId;
  return roomId === undefined ? { kind: 'list' } : { kind: 'room', roomId, isAbout: false };
}

/** The settings have a section each below their own address. */
function isSettings(path: string): boolean {
  return ['/inbox/settings', '/inbox/settings/:section'].some(
    (pattern) => matchPath(pattern, path) !== null,
  );
}

/** The address of a conversation. */
export function roomPath(roomId: string): string {
  return `/inbox/${encodeURIComponent(roomId)}`;
}

/** The address of what is known about a conversation; beside it where there is room. */
export function aboutPath(roomId: string): string {
  return `${roomPath(roomId)}/about`;
}
