/** The head of a conversation: who it is with, and whether they are here. */
import type { ReactNode } from 'react';

import { Avatar } from '../base/Avatar.tsx';
import { Skeleton } from '../base/Skeleton.tsx';

interface ConversationHeadProps {
  /** The id that names the panel or dialog around it. */
  titleId: string;
  /** Null while it is not known. */
  name: string | null;
  picture?: string | undefined;
  online: boolean;
  /** "Online", "Last seen …"; empty while unknown, in a line that keeps its height. */
  state: string;
  before?: ReactNode;
  after?: ReactNode;
}

/** `before` and `after` hold its buttons. */
export function ConversationHead({
  titleId,
  name,
  picture,
  online,
  state,
  ...slots
}: ConversationHeadProps) {
  return (
    <div className="conversation-head">
      {slots.before}
      {name === null ? (
        <Skeleton width="42px" height="42px" round />
      ) : (
        <Avatar name={name} picture={picture} size={42} online={online} />
      )}
      <div className="conversation-head__text">
        <h2 className="conversation-head__name truncate" id={titleId} dir="auto">
          {name ?? '\u00A0'}
        </h2>
        <p
          className={`conversation-head__state truncate${online ? ' conversation-head__state--online' : ''}`}
        >
          {state}
        </p>
      </div>
      {slots.after}
    </div>
  );
}
