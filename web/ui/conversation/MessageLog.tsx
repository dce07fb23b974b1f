/** The messages of a room in one scrolling log, with days, what is new, and a way to the latest. */
import { useEffect, useRef } from 'react';

import { Icon } from '../base/Icon.tsx';
import { Skeleton } from '../base/Skeleton.tsx';
import type { MessageActions } from '../message/actions.ts';
import { Bubble } from '../message/Bubble.tsx';
import { formatDay } from '../text/format.ts';
import type { ConversationLabels } from './labels.ts';
import { arrangeRows, type MessageView, type Row, statusMessageId } from './rows.ts';
import { useLogScroll } from './use-log-scroll.ts';

interface MessageLogProps {
  messages: readonly MessageView[];
  firstUnreadSeq: number | null;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  labels: ConversationLabels;
  /** Milliseconds since 1970, for the names of days. */
  now: number;
  onReachTop: () => void;
  /** Whether the newest message is in sight. */
  onAtEnd: (isAtEnd: boolean) => void;
  actions: MessageActions;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** Mount it anew for another room (`key`), so that it opens at the end. */
export function MessageLog(props: MessageLogProps) {
  const { messages, labels, onAtEnd } = props;
  const statusId = statusMessageId(messages);
  const last = messages.at(-1);
  const { scroller, isAtEnd, missed, onScroll, toEnd } = useLogScroll({
    firstKey: messages[0]?.id,
    lastKey: last?.id,
    count: messages.length,
    isLastOwn: last?.own ?? false,
  });
  useEffect(() => {
    onAtEnd(isAtEnd);
  }, [isAtEnd, onAtEnd]);
  const latest = missed > 0 ? labels.latestWith(missed) : labels.latest;
  return (
    <div className="log">
      {/* a region that scrolls must be reachable with the keyboard */}
      <div className="log__scroll" ref={scroller} onScroll={onScroll} tabIndex={0}>
        {/* what comes in is said by the announcer: rows that are drawn anew while one scrolls are no news */}
        <div className="log__content" role="log" aria-live="off" aria-label={labels.log}>
          {/* anew after each page: one too short to push the mark away asks for the next */}
          <LogTop key={messages[0]?.id} {...props} />
          {arrangeRows(messages, props.firstUnreadSeq).map((row) => (
            <LogRow key={row.key} row={row} statusId={statusId} {...props} />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className="log__latest" onClick={toEnd} aria-label={latest}>
          <Icon name="down" />
          {missed > 0 && <span className="badge">{missed}</span>}
        </button>
      )}
    </div>
  );
}

function LogTop({ hasOlder, isLoadingOlder, messages, labels, onReachTop }: MessageLogProps) {
  const top = useRef<HTMLDivElement>(null);
  const canLoad = hasOlder && !isLoadingOlder;
  useEffect(() => {
    const mark = top.current;
    if (mark === null || !canLoad) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onReachTop();
      },
      { root: mark.closest('.log__scroll'), rootMargin: '240px 0px 0px' },
    );
    observer.observe(mark);
    return () => {
      observer.disconnect();
    };
  }, [canLoad, onReachTop]);
  return (
    <div className="log__top" ref={top}>
      {hasOlder ? (
        <span aria-busy={isLoadingOlder} aria-label={labels.loadingOlder}>
          <Skeleton width="120px" height="12px" />
        </span>
      ) : (
        messages.length > 0 && <span>{labels.beginning}</span>
      )}
    </div>
  );
}

function LogRow(props: MessageLogProps & { row: Row; statusId: string | null }) {
  const { row, statusId, labels, now, actions, onRetry, onDiscard } = props;
  switch (row.kind) {
    case 'day':
      return (
        <div className="log__line">
          <time dateTime={row.at}>{formatDay(row.at, { locale: labels.locale, now })}</time>
        </div>
      );
    case 'new':
      return <div className="log__line log__line--new">{labels.newMessages}</div>;
    case 'note':
      return <div className="log__line log__line--note">{row.message.text}</div>;
    case 'message':
      return (
        <Bubble
          message={row.message}
          first={row.first}
          last={row.last}
          showsStatus={row.message.id === statusId}
          labels={labels}
          actions={actions}
          onRetry={onRetry}
          onDiscard={onDiscard}
        />
      );
  }
}

/** The log's shape while its first page is on the way. */
export function MessageLogSkeleton({ label }: { label: string }) {
  const bubbles = [
    { side: 'other', width: '62%' },
    { side: 'other', width: '40%' },
    { side: 'own', width: '52%' },
    { side: 'other', width: '70%' },
    { side: 'own', width: '34%' },
  ];
  return (
    <div className="log log--skeleton" role="status" aria-label={label}>
      {bubbles.map(({ side, width }) => (
        <div key={width} className={`message message--${side} message--first`}>
          <Skeleton width={width} height="42px" />
        </div>
      ))}
    </div>
  );
}
