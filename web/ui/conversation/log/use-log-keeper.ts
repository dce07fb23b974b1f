/** A log's keeper bound to its elements: told of what was drawn before anybody sees it, and of every change of size. */
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';

import { focusedNear } from '../../base/focus.ts';
import type { MessageView, Row } from '../rows.ts';
import { LogKeeper } from './log-keeper.ts';
import type { Box } from './log-sight.ts';

const loadPlace = async () => (await import('./log-place.ts')).LogPlace;

interface Refs {
  scroller: RefObject<HTMLDivElement | null>;
  /** Holds the rows and nothing else. */
  list: RefObject<HTMLDivElement | null>;
}

interface KeeperInput extends Refs {
  rows: readonly Row[];
  messages: readonly MessageView[];
}

/** The rows to draw, and the gaps around them. */
export function useLogKeeper({ rows, messages, scroller, list }: KeeperInput) {
  const [keeper] = useState(() => new LogKeeper(loadPlace));
  const { isAtEnd, missed } = useSyncExternalStore(
    keeper.subscribe,
    keeper.getState,
    keeper.getState,
  );
  const view = keeper.view(rows);
  const { start, end, before, after } = view;
  const last = messages.at(-1);
  const count = messages.length;
  const lastKey = last?.id;
  // what is written here is not stored at first; what a colleague or another device wrote is no reason to leave one's place
  const isLastOwn = last?.own === true && last.seq === null;
  useLayoutEffect(() => {
    keeper.attach(scroller.current, list.current);
    keeper.drawn({ rows, start, end, before, after, count, lastKey, isLastOwn });
  }, [keeper, scroller, list, rows, start, end, before, after, count, lastKey, isLastOwn]);
  useSizes(keeper, { scroller, list });
  useKeptFocus({ scroller, list });
  return { keeper, isAtEnd, missed, ...view };
}

/** A keyboard that opens or a growing composer makes the log smaller, a bubble's status line makes it longer. */
function useSizes(keeper: LogKeeper, { scroller, list }: Refs): void {
  useEffect(() => {
    const observer = new ResizeObserver(() => keeper.resized(list.current?.clientWidth ?? 0));
    for (const { current } of [scroller, list]) if (current !== null) observer.observe(current);
    return () => observer.disconnect();
  }, [keeper, scroller, list]);
}

/** A button that leaves the page with its row would take the keyboard with it: the log itself takes over. */
function useKeptFocus({ scroller, list }: Refs): void {
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const element = list.current;
    const onFocus = ({ target }: FocusEvent) => {
      focused.current = target instanceof Element ? target : null;
    };
    element?.addEventListener('focusin', onFocus);
    return () => element?.removeEventListener('focusin', onFocus);
  }, [list]);
  useLayoutEffect(() => {
    const { current: last } = focused;
    if (last === null || last.isConnected) return;
    focused.current = null;
    const { current: log } = scroller;
    if (log !== null && focusedNear(log) === null) log.focus({ preventScroll: true });
  });
}

const FLASH_MS = 1_600;

/** From an answer to what it answers: loaded where it is further up, brought into sight, and lit for a moment. */
export function useQuoted(
  keeper: LogKeeper,
  onLoadTo: (seq: number) => Promise<void>,
): (seq: number) => void {
  return useCallback(
    (seq: number) => {
      const showing = keeper.show(seq, flash);
      // nothing comes above before there is what keeps the place
      showing.then(() => onLoadTo(seq)).catch(() => keeper.giveUp(seq));
    },
    [keeper, onLoadTo],
  );
}

function flash(row: Box): void {
  const frames = [{ background: 'var(--accent-soft)' }, { background: 'transparent' }];
  if (row instanceof Element) row.animate?.(frames, FLASH_MS);
}
