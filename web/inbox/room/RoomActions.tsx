/** What the staff do with a whole conversation: close it, open it again, come back to it later, look at what is known. */
import type { RoomHandle } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { Link, navigate } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { DeskIcon } from '../DeskIcon.tsx';
import { aboutPath } from '../places.ts';

interface RoomActionsProps {
  room: Room;
  handle: RoomHandle;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
  /** Where there is no third pane. */
  showsAbout: boolean;
}

/** The buttons in the conversation's head. */
export function RoomActions({ room, handle, watch, showsAbout }: RoomActionsProps) {
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
        <PageIcon name="unread" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={status}
        title={status}
        aria-keyshortcuts="Alt+E"
        onClick={() => {
          watch(isOpen ? handle.close() : handle.reopen());
        }}
      >
        <PageIcon name={isOpen ? 'check' : 'reopen'} />
      </button>
      {showsAbout && (
        <Link
          href={aboutPath(room.roomId)}
          className="icon-button"
          aria-label={inbox.context}
          title={inbox.context}
        >
          <DeskIcon name="about" />
        </Link>
      )}
    </div>
  );
}

/** On a phone the way back to the list; beside the list it is not shown. */
export function BackLink() {
  const { back } = useWords(inboxWords);
  return (
    <Link href="/inbox" className="icon-button inbox__back" aria-label={back} title={back}>
      <PageIcon name="back" />
    </Link>
  );
}
