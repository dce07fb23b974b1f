/** How a conversation scrolls: it stays at the end while one is there, and never jumps when history comes above. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within this of the end one counts as being there. */
const END_PX = 64;

interface LogScrollInput {
  /** The keys of the messages, oldest first. */
  firstKey: string | undefined;
  lastKey: string | undefined;
  count: number;
  /** Whether the last message is the reader's own: then one wants to see it. */
  isLastOwn: boolean;
}

interface LogScroll {
  scroller: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** Messages that arrived below while one was reading above. */
  missed: number;
  onScroll: () => void;
  toEnd: () => void;
}

/** Keeps the scroller of a log in place; see the file's head. */
export function useLogScroll({ firstKey, lastKey, count, isLastOwn }: LogScrollInput): LogScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useRef({ firstKey, lastKey, count, height: 0 });
  const view = useRef(0);
  const atEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [missed, setMissed] = useState(0);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
    atEnd.current = true;
    setAtEnd(true);
    setMissed(0);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const last = before.current;
    const hasGrownBelow = lastKey !== last.lastKey && last.lastKey !== undefined;
    // what came above pushes the rest down by just as much; the browsers' own anchoring is off, since not all have it
    if (firstKey !== last.firstKey && !atEnd.current)
      box.scrollTop += box.scrollHeight - last.height;
    if (atEnd.current || (hasGrownBelow && isLastOwn)) toEnd();
    else if (hasGrownBelow) setMissed((value) => value + Math.max(1, count - last.count));
    before.current = { firstKey, lastKey, count, height: box.scrollHeight };
  }, [firstKey, lastKey, count, isLastOwn, toEnd]);

  useEffect(() => {
    const onSize = () => {
      const box = scroller.current;
      view.current = box?.clientHeight ?? 0;
      before.current.height = box?.scrollHeight ?? 0;
      if (atEnd.current) toEnd();
    };
    onSize();
    return watchSize(scroller.current, onSize);
  }, [toEnd]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    // a change of size makes the browser scroll too, before the observer hears of it: nobody has left the end
    const isResized =
      box.clientHeight !== view.current || box.scrollHeight !== before.current.height;
    if (atEnd.current && isResized) return;
    before.current.height = box.scrollHeight;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
    setAtEnd(atEnd.current);
    if (atEnd.current) setMissed(0);
  }, []);

  return { scroller, isAtEnd, missed, onScroll, toEnd };
}

/** A keyboard that opens or a growing composer makes the log smaller, a bubble's status line makes it longer. */
function watchSize(box: HTMLDivElement | null, listener: () => void): () => void {
  if (box === null) return () => {};
  const observer = new ResizeObserver(listener);
  observer.observe(box);
  if (box.firstElementChild !== null) observer.observe(box.firstElementChild);
  return () => {
    observer.disconnect();
  };
}
