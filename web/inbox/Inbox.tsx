/** The vendor's inbox: the list, the conversation and its context; one after another on a phone. */
import './inbox.css';
import './list/list.css';

import {
  type ComponentProps,
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';

import type { Room } from '#protocol/room.ts';

import { useChat } from '../chat/ChatProvider.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { Fence } from '../ui/base/Fence.tsx';
import { PageIcon } from '../ui/base/PageIcon.tsx';
import { later } from '../ui/base/later.tsx';
import { navigate, usePath } from '../ui/navigation.tsx';
import { NARROW, useMedia } from '../ui/use-media.ts';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';
import { useShortcuts } from './keys/use-shortcuts.ts';
import { ListPane } from './list/ListPane.tsx';
import { PaneFailed } from './PaneFailed.tsx';
import { type Place, placeOf, roomPath } from './places.ts';
import { useInboxPreferences } from './preferences.ts';
import type { RoomPane } from './room/RoomPane.tsx';
import { RoomSkeleton } from './room/RoomSkeleton.tsx';
import type { RoomDeeds } from './room/use-room-deeds.ts';
import { useMeetStaff } from './staff/use-staff.ts';

type RoomPaneType = typeof RoomPane;

/** The conversation's component, once its code is there. */
let roomPane: RoomPaneType | null = null;

async function loadRoomPane(): Promise<{ default: RoomPaneType }> {
  const { RoomPane: loaded } = await import('./room/RoomPane.tsx');
  roomPane = loaded;
  return { default: loaded };
}

// nobody waits for these
const InboxNotifications = later(
  async () => (await import('./notifications/InboxNotifications.tsx')).InboxNotifications,
);
const HelpDialog = later(async () => (await import('./keys/HelpDialog.tsx')).HelpDialog);

// the list is there before the conversation's code
const LazyRoomPane = lazy(loadRoomPane);
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/SettingsPage.tsx')).SettingsPage,
}));

interface InboxProps {
  shopName: string;
  /** The demo's own: who this window is. */
  personaSwitch: ReactNode;
}

/** Connects at once, and stays connected while it is open. */
export function Inbox({ shopName, personaSwitch }: InboxProps) {
  const client = useChat();
  const place = placeOf(usePath());
  const roomId = place.kind === 'room' ? place.roomId : null;
  const shown = useRef<readonly Room[]>([]);
  const takeShown = useCallback((rooms: readonly Room[]) => {
    shown.current = rooms;
  }, []);
  const isNarrow = useMedia(NARROW);
  const [hasHelp, setHelp] = useState(false);
  const deeds = useRef<RoomDeeds | null>(null);
  const takeDeeds = useCallback((taken: RoomDeeds | null) => {
    deeds.current = taken;
  }, []);
  useEffect(() => client.connect(), [client]);
  useRowFocus(roomId);
  useMeetStaff();
  usePreload();
  useShortcuts(useInboxPreferences().preferences.shortcuts, (shortcut) => {
    if (shortcut === 'help') setHelp(true);
    else if (shortcut === 'next' || shortcut === 'previous') step(shown, roomId, shortcut);
    else deeds.current?.[shortcut]();
  });
  return (
    <>
      <InboxHeading shopName={shopName} />
      <div className={`inbox inbox--${place.kind}`}>
        <Fence>
          <InboxNotifications shopName={shopName} roomId={roomId} />
        </Fence>
        <ListPane
          shopName={shopName}
          personaSwitch={personaSwitch}
          openRoomId={roomId}
          isMain={isNarrow && place.kind === 'list'}
          onShown={takeShown}
          onHelp={() => setHelp(true)}
        />
        <Fence key={roomId ?? place.kind} Fallback={PaneFailed}>
          <Suspense fallback={<RoomSkeleton />}>
            <Beside place={place} onDeeds={takeDeeds} />
          </Suspense>
        </Fence>
        {hasHelp && <HelpDialog onClose={() => setHelp(false)} />}
      </div>
    </>
  );
}

/** For those who do not see the panes: on a phone only one of them is there. */
function InboxHeading({ shopName }: { shopName: string }) {
  const { heading, skip } = useWords(inboxWords);
  return (
    <header>
      <h1 className="sr-only" id="inbox-heading">
        {heading} · {shopName}
      </h1>
      <a className="skip-link" href="#content">
        {skip}
      </a>
    </header>
  );
}

interface BesideProps {
  place: Place;
  onDeeds: (deeds: RoomDeeds | null) => void;
}

/** What stands beside the list, and on a phone in its place. */
function Beside({ place, onDeeds }: BesideProps) {
  const { nothingOpen } = useWords(inboxWords);
  if (place.kind === 'settings') return <SettingsPage />;
  if (place.kind === 'room') {
    const { roomId, isAbout } = place;
    return <OpenRoom key={roomId} roomId={roomId} isAbout={isAbout} onDeeds={onDeeds} />;
  }
  return (
    <main className="inbox__nothing" id="content" tabIndex={-1}>
      <EmptyState icon={<PageIcon name="inbox" size={26} />} {...nothingOpen} />
    </main>
  );
}

/** There at once where its code is: a lazy component first shows something else, and what is typed then is lost. */
function OpenRoom(props: ComponentProps<RoomPaneType>) {
  const [Pane] = useState(() => roomPane ?? LazyRoomPane);
  return <Pane {...props} />;
}

/** Goes to the next or previous room of the list on screen; to the first from nowhere. */
function step(
  shown: RefObject<readonly Room[]>,
  roomId: string | null,
  direction: 'next' | 'previous',
): void {
  const rooms = shown.current;
  const at = rooms.findIndex((room) => room.roomId === roomId);
  const to = rooms[at === -1 ? 0 : at + (direction === 'next' ? 1 : -1)];
  if (to !== undefined) navigate(roomPath(to.roomId));
}

/** The conversation's code comes as soon as the list is there: whoever opens a room types at once. */
function usePreload(): void {
  useEffect(() => {
    // offline: it is asked for again when a room is opened
    loadRoomPane().catch(() => {});
  }, []);
}

/** Back from a room, the focus is on its row: on a phone the room took it along. */
function useRowFocus(roomId: string | null): void {
  const left = useRef<string | null>(null);
  useEffect(() => {
    const last = left.current;
    left.current = roomId;
    if (roomId !== null || last === null || document.activeElement !== document.body) return;
    const row = `.desk-row[href="${CSS.escape(roomPath(last))}"]`;
    document.querySelector<HTMLElement>(row)?.focus();
  }, [roomId]);
}
