/** What one wants to know beside a conversation: who asks, about what, whose it is, and what the team noted. */
import type { RoomHandle, RoomState } from '#client/conversation.ts';

import { Avatar } from '../../ui/base/Avatar.tsx';
import { Skeleton } from '../../ui/base/Skeleton.tsx';
import { formatMoment } from '../../ui/text/format.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import type { CustomerView } from '../room/use-customer.ts';
import { Assignee } from './Assignee.tsx';
import { AskedProducts } from './AskedProducts.tsx';
import { Labels } from './Labels.tsx';
import { RoomNotes } from './RoomNotes.tsx';

interface RoomContextProps {
  state: RoomState;
  customer: CustomerView;
  handle: RoomHandle;
  /** Says it where something fails. */
  watch: (work: Promise<unknown>) => void;
}

/** The third pane, or the drawer's content. */
export function RoomContext({ state, customer, handle, watch }: RoomContextProps) {
  const inbox = useWords(inboxWords);
  const { room } = state;
  if (room === null || customer.name === null) return <ContextSkeleton />;
  const change = (patch: Parameters<RoomHandle['setMine']>[0]) => watch(handle.setMine(patch));
  return (
    <aside className="context" aria-label={inbox.context}>
      <div className="context__person">
        <Avatar
          name={customer.name}
          picture={customer.picture}
          size={56}
          online={customer.online}
        />
        <div className="context__who">
          <p className="context__name" dir="auto">
            {customer.name}
          </p>
          <p className={`context__role${customer.online ? ' context__role--online' : ''}`}>
            {customer.state === '' ? inbox.customer : customer.state}
          </p>
        </div>
      </div>
      <Assignee assignee={room.mine.assignee} onAssign={(assignee) => change({ assignee })} />
      <Labels labels={room.mine.labels} onChange={(labels) => change({ labels: [...labels] })} />
      <AskedProducts room={room} messages={state.messages} />
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

function ContextSkeleton() {
  const inbox = useWords(inboxWords);
  return (
    <aside className="context" aria-label={inbox.context} aria-busy="true">
      <div className="context__person">
        <Skeleton width="56px" height="56px" round />
        <Skeleton width="110px" height="18px" />
      </div>
      <Skeleton width="100%" height="40px" />
      <Skeleton width="100%" height="64px" />
      <Skeleton width="100%" height="96px" />
    </aside>
  );
}
