/** Who else of the shop is here: two answers at once help nobody. */
import type { RoomState } from '#client/conversation.ts';

import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

/** Heard when somebody comes; without anybody it takes no room. */
export function Colleagues({ colleagues }: Pick<RoomState, 'colleagues'>) {
  const inbox = useWords(inboxWords);
  return (
    <div role="status">
      {colleagues.length > 0 && (
        <p className="colleagues">
          {colleagues.map(({ user, name, replying }) => (
            <span key={user} className="colleagues__one" dir="auto">
              {inbox.colleague(name, replying)}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
