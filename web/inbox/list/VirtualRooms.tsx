/** The rows that are in sight, of however many there are; arrows walk through all of them. */
import {
  createContext,
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

import type { Room } from '#protocol/room.ts';

import { ROW_PX } from './order/anchor.ts';

interface VirtualRoomsProps {
  /** The list's name. */
  label: string;
  rooms: readonly Room[];
  /** The room that is open, or null. */
  currentId: string | null;
  scroller: RefObject<HTMLDivElement | null>;
  /** Called with the last row in sight and the scroll position, while one scrolls. */
  onSight: (lastIndex: number, offset: number) => void;
  /** What is behind the last row. */
  footer: ReactNode;
  children: (room: Room, isTabStop: boolean) => ReactElement;
}

/** Only what the screen shows is in the document; the row that has the focus stays there, wherever one scrolls. */
export function VirtualRooms({ label, rooms, currentId, scroller, ...props }: VirtualRoomsProps) {
  const list = useRef<VirtualizerHandle>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const stop = tabStopOf(rooms, focusedId ?? currentId);
  useShowCurrent(list, rooms, currentId);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = indexOfRow(event.target);
    const to = at === null ? null : stepOf(event.key, at, rooms.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setFocusedId(rooms[to]?.roomId ?? null);
    list.current?.scrollToIndex(to, { align: 'nearest' });
    focusRow(scroller.current, to);
  };
  return (
    <ListContext value={{ label, count: rooms.length, onKeyDown }}>
      <Virtualizer
        ref={list}
        data={rooms}
        as={List}
        item={Item}
        itemSize={ROW_PX}
        bufferSize={4 * ROW_PX}
        keepMounted={stop === -1 ? [] : [stop]}
        scrollRef={scroller}
        onScroll={(offset) => {
          const height = list.current?.viewportSize ?? 0;
          props.onSight(Math.ceil((offset + height) / ROW_PX), offset);
        }}
      >
        {(room, index) => <Row key={room.roomId}>{props.children(room, index === stop)}</Row>}
      </Virtualizer>
      {props.footer}
    </ListContext>
  );
}

const Row = ({ children }: { children: ReactElement }) => children;

interface ListInfo {
  label: string;
  count: number;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const ListContext = createContext<ListInfo>({ label: '', count: 0, onKeyDown: () => {} });

interface ListProps {
  style: CSSProperties;
  children: ReactNode;
  ref?: Ref<HTMLUListElement>;
}

function List({ children, ...rest }: ListProps) {
  const { label, onKeyDown } = useContext(ListContext);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its rows have the keys, it only hears of them
    <ul aria-label={label} onKeyDown={onKeyDown} {...rest}>
      {children}
    </ul>
  );
}

interface ItemProps {
  style: CSSProperties;
  index: number;
  children: ReactNode;
  ref?: Ref<HTMLLIElement>;
}

/** A screen reader hears the place in the whole list, though only a few rows are there. */
function Item({ children, index, ...rest }: ItemProps) {
  const { count } = useContext(ListContext);
  return (
    <li data-index={index} aria-posinset={index + 1} aria-setsize={count} {...rest}>
      {children}
    </li>
  );
}

/** The row that Tab stops at: the focused or open one, else the first. */
function tabStopOf(rooms: readonly Room[], roomId: string | null): number {
  const index = roomId === null ? -1 : rooms.findIndex((room) => room.roomId === roomId);
  return index === -1 && rooms.length > 0 ? 0 : index;
}

/** A room that is opened by a key or an address is in sight; one that only moves is left alone. */
function useShowCurrent(
  list: RefObject<VirtualizerHandle | null>,
  rooms: readonly Room[],
  currentId: string | null,
): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (shown.current === currentId) return;
    const index = rooms.findIndex(({ roomId }) => roomId === currentId);
    if (index === -1 && currentId !== null) return;
    shown.current = currentId;
    if (index !== -1) list.current?.scrollToIndex(index, { align: 'nearest' });
  }, [list, rooms, currentId]);
}

function indexOfRow(target: EventTarget): number | null {
  if (!(target instanceof Element)) return null;
  const index = target.closest('[data-index]')?.getAttribute('data-index') ?? null;
  return index === null ? null : Number(index);
}

/** Rows that PageUp and PageDown go by. */
const PAGE = 8;

/** The row that a key leads to, or null for a key that leads nowhere. */
function stepOf(key: string, at: number, count: number): number | null {
  const steps: Partial<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}

/** The row may only come into the document after the scroll, a frame or two later. */
const MAX_FRAMES = 10;

function focusRow(scroller: HTMLElement | null, index: number, frames = 0): void {
  const row = scroller?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, input)`);
  if (row) row.focus({ preventScroll: true });
  else if (frames < MAX_FRAMES) requestAnimationFrame(() => focusRow(scroller, index, frames + 1));
}
