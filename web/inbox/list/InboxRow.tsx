/** A conversation in the inbox's list: who, the last words, about what, whose it is and how long it waits. */
import { memo, type MouseEvent } from 'react';

import type { Room } from '#protocol/room.ts';

import { Avatar } from '../../ui/base/Avatar.tsx';
import { Badge } from '../../ui/base/Badge.tsx';
import { Link } from '../../ui/navigation.tsx';
import { formatAge, formatMoment } from '../../ui/text/format.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { roomPath } from '../places.ts';
import { customerOf, isUnread, previewOf } from '../room-view.ts';
import { RowMeta } from './RowMeta.tsx';
import { useLiveRoom } from './use-live-room.ts';

interface InboxRowProps {
  room: Room;
  isCurrent: boolean;
  isOnline: boolean;
  /** The one row of the list that Tab stops at. */
  isTabStop: boolean;
  /** Null where one does not choose: then the row is a link. */
  isChosen: boolean | null;
  /** The assignee's name, or null. */
  assignee: string | null;
  now: number;
  onChoose: (roomId: string, isRange: boolean) => void;
}

/** Drawn again only for what it shows. */
export const InboxRow = memo(function InboxRow(props: InboxRowProps) {
  const live = useLiveRoom(props.room);
  const { room } = live;
  const { isChosen, onChoose } = props;
  const className = `desk-row${isUnread(room) ? ' desk-row--unread' : ''}`;
  const tabIndex = props.isTabStop ? 0 : -1;
  if (isChosen === null) {
    return (
      <Link
        href={roomPath(room.roomId)}
        className={className}
        tabIndex={tabIndex}
        aria-current={props.isCurrent ? 'page' : undefined}
      >
        <RowBody {...props} {...live} />
      </Link>
    );
  }
  const choose = (event: MouseEvent) => {
    // the label's own click would come again from its box
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    onChoose(room.roomId, event.shiftKey);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the box inside has the keyboard
    <label className={className} onClick={choose}>
      <input
        type="checkbox"
        className="desk-row__box"
        tabIndex={tabIndex}
        checked={isChosen}
        onClick={(event) => onChoose(room.roomId, event.shiftKey)}
        readOnly
      />
      <RowBody {...props} {...live} />
    </label>
  );
});

type RowBodyProps = InboxRowProps & ReturnType<typeof useLiveRoom>;

function RowBody(props: RowBodyProps) {
  const { room, isOnline, assignee, now } = props;
  const inbox = useWords(inboxWords);
  const customer = customerOf(room);
  const { locale } = inbox;
  return (
    <>
      <Avatar name={customer.name} picture={customer.picture} size={40} online={isOnline} />
      <span className="desk-row__body">
        <span className="desk-row__line">
          <span className="desk-row__name truncate" dir="auto">
            {customer.name}
          </span>
          {isOnline && <span className="sr-only">{inbox.online}</span>}
          <time
            className="desk-row__time"
            dateTime={room.lastActivityAt}
            title={formatMoment(room.lastActivityAt, locale)}
          >
            {formatAge(room.lastActivityAt, { locale, now })}
          </time>
        </span>
        <span className="desk-row__line">
          <span className="desk-row__preview truncate" dir="auto">
            <LastWords {...props} />
          </span>
          <UnreadMark room={room} label={inbox.unread(room.unread)} marked={inbox.desk.marked} />
        </span>
        <RowMeta room={room} assignee={assignee} now={now} />
      </span>
    </>
  );
}

/** Who has gone on to another customer learns here that an answer did not go. */
function LastWords({ room, isTyping, hasFailed, newest }: ReturnType<typeof useLiveRoom>) {
  const inbox = useWords(inboxWords);
  if (hasFailed) return <strong>{inbox.conversation.notSent}</strong>;
  return isTyping ? <em>{inbox.typing}</em> : previewOf(room, inbox, newest);
}

/** A number, or a dot where somebody marked it by hand. */
function UnreadMark({ room, label, marked }: { room: Room; label: string; marked: string }) {
  if (room.unread > 0) return <Badge count={room.unread} label={label} />;
  if (!room.mine.markedUnread) return null;
  return (
    <span className="desk-row__dot">
      <span className="sr-only">{marked}</span>
    </span>
  );
}
