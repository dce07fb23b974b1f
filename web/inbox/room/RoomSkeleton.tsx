/** The shape of a conversation while its code is on the way, in which one may write already. */
import { type RefObject, useLayoutEffect, useRef } from 'react';

import { useDraft } from '../../chat/drafts/use-draft.ts';
import { Skeleton } from '../../ui/base/Skeleton.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { focusRoom } from './focus-room.ts';

interface RoomSkeletonProps {
  /** Null where something else than a conversation is on the way. */
  roomId: string | null;
}

/** As wide and high as the conversation will be. */
export function RoomSkeleton({ roomId }: RoomSkeletonProps) {
  const { loading } = useWords(inboxWords).conversation;
  const pane = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (roomId !== null) focusRoom(pane.current, input.current);
  }, [roomId]);
  return (
    <main
      className="inbox__room"
      id="content"
      aria-busy="true"
      aria-label={loading}
      ref={pane}
      tabIndex={-1}
    >
      <div className="conversation-head">
        <Skeleton width="42px" height="42px" round />
        <Skeleton width="120px" height="16px" />
      </div>
      {roomId !== null && <EarlyField key={roomId} roomId={roomId} input={input} />}
    </main>
  );
}

/** What is typed here is the room's draft, where the composer finds it. Nothing is sent before that is there. */
function EarlyField({
  roomId,
  input,
}: {
  roomId: string;
  input: RefObject<HTMLTextAreaElement | null>;
}) {
  const { message, placeholder } = useWords(inboxWords).conversation;
  const [draft, setDraft] = useDraft(roomId);
  return (
    <textarea
      ref={input}
      className="inbox__early"
      aria-label={message}
      placeholder={placeholder}
      rows={1}
      dir="auto"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey) event.preventDefault();
      }}
    />
  );
}
