/** The real stores over one database, in the shape that the domain's ports take. */
import { connectionStore } from '#store/connections.ts';
import { messageStore } from '#store/messages.ts';
import { noteStore } from '#store/notes.ts';
import { profileStore } from '#store/profiles.ts';
import { roomStore } from '#store/rooms.ts';
import type { Database } from '#store/table.ts';

import type { FakeStore } from './fake-store.ts';

export function storeOver(db: Database): FakeStore {
  return {
    rooms: roomStore(db),
    messages: messageStore(db),
    notes: noteStore(db),
    connections: connectionStore(db),
    profiles: profileStore(db),
  };
}
