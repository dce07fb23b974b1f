/** A conversation in the list: who, the last words, when, how many are unread, and about what. */
import { Avatar } from '../base/Avatar.tsx';
import { Badge } from '../base/Badge.tsx';
import { PageIcon, type PageIconName } from '../base/PageIcon.tsx';
import { Skeleton } from '../base/Skeleton.tsx';
import { Link } from '../navigation.tsx';
import { formatAge, formatMoment } from '../text/format.ts';
import { ProductThumb } from './ProductCard.tsx';
import type { ProductView } from './rows.ts';

/** What a row shows of a room. */
export interface RoomView {
  roomId: string;
  name: string;
  picture?: string | undefined;
  online: boolean;
  preview: string;
  /** ISO 8601. */
  at: string;
  unread: number;
  /** Marked as unread by hand: a dot where there is nothing to count. */
  isMarked?: boolean;
  isMuted?: boolean;
  isTyping: boolean;
  /** Something of the reader's waits there for another try by hand. */
  hasFailed: boolean;
  isClosed: boolean;
  product: ProductView | null;
}

interface RoomRowProps {
  room: RoomView;
  href: string;
  isCurrent: boolean;
  locale: string;
  now: number;
  labels: RoomRowLabels;
}

export interface RoomRowLabels {
  unread: (count: number) => string;
  online: string;
  closed: string;
  typing: string;
  notSent: string;
  /** Where rooms are marked. */
  marked?: string;
  /** Where rooms are muted. */
  muted?: string;
}

/** A link, so that it opens in a tab of its own too. */
export function RoomRow({ room, href, isCurrent, locale, now, labels }: RoomRowProps) {
  const isUnread = room.unread > 0 || room.isMarked === true;
  return (
    <li>
      <Link
        href={href}
        className={`room${isUnread ? ' room--unread' : ''}`}
        aria-current={isCurrent ? 'page' : undefined}
      >
        <Avatar name={room.name} picture={room.picture} size={44} online={room.online} />
        <span className="room__text">
          <span className="room__line">
            <span className="room__name truncate" dir="auto">
              {room.name}
            </span>
            {room.online && <span className="sr-only">{labels.online}</span>}
            {room.isClosed && <span className="room__tag">{labels.closed}</span>}
            <time className="room__time" dateTime={room.at} title={formatMoment(room.at, locale)}>
              {formatAge(room.at, { locale, now })}
            </time>
          </span>
          <span className="room__line">
            <span className="room__preview truncate" dir="auto">
              <LastWords room={room} labels={labels} />
            </span>
            {room.isMuted === true && <Mark icon="muted" label={labels.muted} />}
            <Badge count={room.unread} label={labels.unread(room.unread)} />
            {room.unread === 0 && room.isMarked === true && <Mark label={labels.marked} />}
          </span>
        </span>
        {room.product !== null && <ProductThumb product={room.product} size={44} />}
      </Link>
    </li>
  );
}

function LastWords({ room, labels }: Pick<RoomRowProps, 'room' | 'labels'>) {
  if (room.hasFailed) return <strong>{labels.notSent}</strong>;
  return room.isTyping ? <em>{labels.typing}</em> : room.preview;
}

/** What is worth a glance: a dot without an icon. */
function Mark({ icon, label }: { icon?: PageIconName; label: string | undefined }) {
  return (
    <span className={icon === undefined ? 'room__dot' : 'room__icon'}>
      {icon !== undefined && <PageIcon name={icon} size={14} />}
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** A row's shape while the list is on the way. */
export function RoomRowSkeleton() {
  return (
    <li className="room" aria-hidden="true">
      <Skeleton width="44px" height="44px" round />
      <span className="room__text">
        <Skeleton width="45%" height="14px" />
        <Skeleton width="80%" height="12px" />
      </span>
    </li>
  );
}
