/** The messages of a room in one scrolling log, with days, what is new, and a way to the latest. */
import { memo, useEffect, useMemo, useRef } from 'react';

import { Icon } from '../../base/Icon.tsx';
import { arrangeRows, statusMessageId } from '../rows.ts';
import { LogRow } from './LogRow.tsx';
import { LogTop } from './LogTop.tsx';
import type { MessageLogProps } from './message-log.ts';
import { useLogKeeper, useQuoted } from './use-log-keeper.ts';

/** Mount it anew for another room (`key`), so that it opens at the end. Drawn again only when something of it is another. */
export const MessageLog = memo(Log);

function Log(props: MessageLogProps) {
  const { messages, firstUnreadSeq, labels, onAtEnd } = props;
  const rows = useMemo(() => arrangeRows(messages, firstUnreadSeq), [messages, firstUnreadSeq]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const log = useLogKeeper({ rows, messages, scroller, list });
  const { keeper, isAtEnd, missed } = log;
  useEffect(() => onAtEnd(isAtEnd), [isAtEnd, onAtEnd]);
  const onQuoted = useQuoted(keeper, props.onLoadTo);
  const statusId = useMemo(() => statusMessageId(messages), [messages]);
  const latest = missed > 0 ? labels.latestWith(missed) : labels.latest;
  return (
    <div className="log">
      {/* a region that scrolls must be reachable with the keyboard */}
      <div className="log__scroll" ref={scroller} onScroll={keeper.scrolled} tabIndex={0}>
        {/* not live: what comes and goes while one scrolls is no news, and news is said by the announcer */}
        <div className="log__content" role="log" aria-live="off" aria-label={labels.log}>
          {/* anew after each page: one too short to push the mark away asks for the next */}
          <LogTop
            key={messages[0]?.id}
            {...props}
            hasOlder={props.hasOlder || (!log.isKept && log.start > 0)}
            onReachTop={log.isKept ? props.onReachTop : keeper.prepare}
          />
          <div
            className="log__rows"
            ref={list}
            style={{ paddingBlock: `${log.before}px ${log.after}px` }}
          >
            {rows.slice(log.start, log.end).map((row) => (
              <LogRow key={row.key} row={row} statusId={statusId} onQuoted={onQuoted} {...props} />
            ))}
          </div>
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className="log__latest" onClick={keeper.toEnd} aria-label={latest}>
          <Icon name="down" />
          {missed > 0 && <span className="badge">{missed}</span>}
        </button>
      )}
    </div>
  );
}
