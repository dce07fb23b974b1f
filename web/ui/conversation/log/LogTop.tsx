/** The top of a log: asks for more before one reaches it, and says where the conversation begins. */
import { useEffect, useRef } from 'react';

import { Skeleton } from '../../base/Skeleton.tsx';
import type { MessageLogProps } from './message-log.ts';

/** Always as high, so that nothing below it moves. */
export function LogTop({
  hasOlder,
  isLoadingOlder,
  messages,
  labels,
  onReachTop,
}: Pick<MessageLogProps, 'hasOlder' | 'isLoadingOlder' | 'messages' | 'labels' | 'onReachTop'>) {
  const top = useRef<HTMLDivElement>(null);
  const canLoad = hasOlder && !isLoadingOlder;
  useEffect(() => {
    const mark = top.current;
    if (mark === null || !canLoad) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onReachTop();
      },
      { root: mark.closest('.log__scroll'), rootMargin: '480px 0px 0px' },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [canLoad, onReachTop]);
  return (
    <div className="log__top" ref={top}>
      {hasOlder ? (
        <span aria-busy={isLoadingOlder} aria-label={labels.loadingOlder} role="img">
          <Skeleton width="120px" height="12px" />
        </span>
      ) : (
        messages.length > 0 && <span>{labels.beginning}</span>
      )}
    </div>
  );
}
