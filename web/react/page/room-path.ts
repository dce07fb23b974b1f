/** The addresses of the customer's conversations. */
import { matchPath } from '../../ui/navigation.tsx';

/** `/chat` for the list, `/chat/<id>` for a conversation. */
export function pathOfRoom(basePath: string, roomId: string | null): string {
  const base = basePath.replace(/\/+$/u, '');
  return roomId === null ? base || '/' : `${base}/${encodeURIComponent(roomId)}`;
}

/** The conversation that a path names, or null. */
export function roomOfPath(basePath: string, path: string): string | null {
  return matchPath(`${basePath}/:roomId`, path)?.['roomId'] ?? null;
}
