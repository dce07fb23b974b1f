/** The handle of a room that is not known yet: nothing is asked for it, and nothing waits for it. */
import type { RoomHandle } from '#client/conversation.ts';
import { ChatError } from '#protocol/errors.ts';

/** What is shown of the room stays; what would ask for it does nothing, and what would change it is refused: `unavailable`. */
export function withoutRoom(handle: RoomHandle): RoomHandle {
  return {
    ...handle,
    loadLatest: later,
    loadOlder: later,
    loadPeople: later,
    send: refuse,
    sendProduct: refuse,
    sendFiles: refuse,
    retry: nothing,
    discard: nothing,
    edit: refuseLater,
    remove: refuseLater,
    react: refuseLater,
    close: refuseLater,
    reopen: refuseLater,
    setMine: refuseLater,
    notes: {
      ...handle.notes,
      load: later,
      loadMore: later,
      add: refuseLater,
      remove: refuseLater,
    },
    setFocus: nothing,
    attachmentUrl: refuseLater,
    markRead: nothing,
    setTyping: nothing,
    watch: () => nothing,
  };
}

function nothing(): void {}

async function later(): Promise<void> {}

/** Sent to no room, a message would be refused by the server and wait in the browser for ever. */
function refuse(): never {
  throw new ChatError('unavailable', {
    message:
      'There is no room yet: show the field once `roomId` is not null and somebody is signed in.',
  });
}

async function refuseLater(): Promise<never> {
  return refuse();
}
