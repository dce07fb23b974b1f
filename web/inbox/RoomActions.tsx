/** What the staff do with a whole conversation: close it, open it again, come back to it later. */
import type { RoomHandle } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { Icon } from '../ui/base/Icon.tsx';
import { navigate } from '../ui/navigation.tsx';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';

interface RoomActionsProps {
  room: Room;
  handle: RoomHandle;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
}

/** The buttons in the conversation's head. */
export function RoomActions({ room, handle, watch }: RoomActionsProps) {
  const inbox = useWords(inboxWords);
  const isOpen = room.status === 'open';
  const status = isOpen ? inbox.close : inbox.reopen;
  return (
    <div className="room-actions">
      <button
        type="button"
        className="icon-button"
        aria-label={inbox.markUnread}
        title={inbox.markUnread}
        onClick={() => {
          watch(handle.setMine({ markedUnread: true }));
          // it would be read again while one looks at it
          navigate('/inbox');
        }}
      >
        <Icon name="unread" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={status}
        title={status}
        onClick={() => {
          watch(isOpen ? handle.close() : handle.reopen());
        }}
      >
        <Icon name={isOpen ? 'check' : 'reopen'} />
      </button>
    </div>
  );
}
