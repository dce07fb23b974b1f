/** What a session leaves in the browser, and how it goes. */
import type { ChatClient } from '#client/chat.ts';

import { eraseSession } from '../../chat/session.ts';

/** What one client may leave behind. */
export interface SessionTrace {
  readonly erase: () => void;
}

/** What is unsent lies in a session that all tabs of the person share. */
export function traceOf(client: ChatClient): SessionTrace {
  return { erase: () => eraseSession(client) };
}
