/** A row's third line: the product, labels, who answers, and for how long the customer has waited. */
import type { Room } from '#protocol/room.ts';

import { ProductThumb } from '../../ui/conversation/ProductCard.tsx';
import { initialsOf } from '../../ui/text/names.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { LabelChip } from '../context/LabelChip.tsx';
import { DeskIcon } from '../DeskIcon.tsx';
import { waitingSince } from '../room-view.ts';
import { formatDuration } from './duration.ts';

/** As many as there is room for; the rest is a number. */
const MAX_CHIPS = 2;

interface RowMetaProps {
  room: Room;
  assignee: string | null;
  now: number;
}

/** Empty for a room of which there is nothing to say; it keeps its height all the same. */
export function RowMeta({ room, assignee, now }: RowMetaProps) {
  const { desk, closed, locale } = useWords(inboxWords);
  const { product } = room;
  const since = waitingSince(room);
  return (
    <span className="desk-row__line desk-row__meta">
      {product !== undefined && (
        <span className="desk-row__product">
          <ProductThumb product={product} size={18} />
          <span className="truncate" dir="auto">
            {product.title}
          </span>
        </span>
      )}
      <Labels labels={room.mine.labels} />
      <span className="desk-row__end">
        {room.status === 'closed' && <span className="tag">{closed}</span>}
        {since !== null && <Waiting age={formatDuration(now - Date.parse(since), locale)} />}
        {assignee !== null && (
          <span className="assignee" title={desk.assignedTo(assignee)}>
            <span aria-hidden="true">{initialsOf(assignee)}</span>
            <span className="sr-only">{desk.assignedTo(assignee)}</span>
          </span>
        )}
      </span>
    </span>
  );
}

/** The clock is for the eye, the sentence for everybody else. */
function Waiting({ age }: { age: string }) {
  const { desk } = useWords(inboxWords);
  return (
    <span className="tag tag--waiting" title={desk.waits(age)}>
      <DeskIcon name="clock" size={12} />
      <span aria-hidden="true">{age}</span>
      <span className="sr-only">{desk.waits(age)}</span>
    </span>
  );
}

function Labels({ labels }: { labels: readonly string[] }) {
  const left = labels.length - MAX_CHIPS;
  return (
    <>
      {labels.slice(0, MAX_CHIPS).map((label) => (
        <LabelChip key={label} label={label} />
      ))}
      {left > 0 && <span className="tag">+{left}</span>}
    </>
  );
}
