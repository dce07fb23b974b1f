/** What a customer keeps to themselves of a conversation: muted, or marked for later. */
import type { RoomHandle } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { useNavigate } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { pageWords } from '../../words/page.ts';
import { pathOfRoom } from './room-path.ts';

interface RoomMarksProps {
  room: Room;
  handle: RoomHandle;
  basePath: string;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
}

/** The buttons in the conversation's head. */
export function RoomMarks({ room, handle, basePath, watch }: RoomMarksProps) {
  const words = useWords(pageWords);
  const go = useNavigate();
  const { muted } = room.mine;
  const mute = muted ? words.unmute : words.mute;
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={words.markUnread}
        title={words.markUnread}
        onClick={() => {
          watch(handle.setMine({ markedUnread: true }));
          // it would be read again while one looks at it
          go(pathOfRoom(basePath, null));
        }}
      >
        <PageIcon name="unread" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={mute}
        title={mute}
        onClick={() => watch(handle.setMine({ muted: !muted }))}
      >
        <PageIcon name={muted ? 'muted' : 'bell'} />
      </button>
    </>
  );
}
