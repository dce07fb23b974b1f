/** What one wants to know beside a conversation: who asks, about what, and since when. */
import type { RoomHandle } from '#client/conversation.ts';
import type { Room } from '#protocol/room.ts';

import { Avatar } from '../ui/base/Avatar.tsx';
import { ProductCard } from '../ui/conversation/ProductCard.tsx';
import { formatMoment } from '../ui/text/format.ts';
import { RoomNotes } from './RoomNotes.tsx';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';

interface RoomContextProps {
  /** Null while it is on its way: its place is kept. */
  room: Room | null;
  customer: { name: string | null; picture: string | undefined; online: boolean; state: string };
  handle: RoomHandle;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
}

/** Shown where there is room for a third pane. */
export function RoomContext({ room, customer, handle, watch }: RoomContextProps) {
  const inbox = useWords(inboxWords);
  if (room === null || customer.name === null) {
    return <aside className="context" aria-label={inbox.context} aria-busy="true" />;
  }
  return (
    <aside className="context" aria-label={inbox.context}>
      <div className="context__person">
        <Avatar name={customer.name} picture={customer.picture} size={72} />
        <p className="context__name" dir="auto">
          {customer.name}
        </p>
        <p className="context__role">{inbox.customer}</p>
      </div>
      {room.product !== undefined && (
        <div>
          <h2 className="context__title">{inbox.asksAbout}</h2>
          <ProductCard product={room.product} locale={inbox.locale} />
        </div>
      )}
      <RoomNotes handle={handle} watch={watch} />
      <dl className="context__facts">
        <div>
          <dt>{inbox.since}</dt>
          <dd>{formatMoment(room.createdAt, inbox.locale)}</dd>
        </div>
        <div>
          <dt>{inbox.messages}</dt>
          <dd>{room.seq}</dd>
        </div>
      </dl>
    </aside>
  );
}
