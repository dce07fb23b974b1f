/** The vendor's inbox: the list, the conversation and its context; one after another on a phone. */
import './inbox.css';

import { type ReactNode, useEffect, useRef, useState } from 'react';

import type { RoomFilter } from '#protocol/http-routes.ts';

import { useChat } from '../chat/ChatProvider.tsx';
import { useConnection, useIsOffline, useUnread } from '../chat/hooks.ts';
import { Banner } from '../ui/base/Banner.tsx';
import { EmptyState } from '../ui/base/EmptyState.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { matchPath, usePath } from '../ui/navigation.tsx';
import { FilterTabs } from './FilterTabs.tsx';
import { RoomList } from './RoomList.tsx';
import { RoomPane } from './RoomPane.tsx';
import { useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';

interface InboxProps {
  shopName: string;
  /** The demo's own: who this window is. */
  personaSwitch: ReactNode;
}

/** Connects at once, and stays connected while it is open. */
export function Inbox({ shopName, personaSwitch }: InboxProps) {
  const inbox = useWords(inboxWords);
  const client = useChat();
  const { connection } = useConnection();
  const isOffline = useIsOffline();
  const roomId = matchPath('/inbox/:roomId', usePath())?.roomId ?? null;
  const [filter, setFilter] = useState<RoomFilter>('waiting');
  const counts = useUnread();
  const unread = counts?.messages ?? 0;
  useRowFocus(roomId);
  useEffect(() => client.connect(), [client]);
  useEffect(() => {
    document.title = inbox.title(shopName, unread);
  }, [inbox, shopName, unread]);
  return (
    <div className={`inbox${roomId === null ? '' : ' inbox--room'}`}>
      <section className="inbox__list" aria-labelledby="inbox-heading">
        <header className="inbox__head">
          <div className="inbox__title">
            <h1 id="inbox-heading">{inbox.heading}</h1>
            <p className="truncate">{shopName}</p>
          </div>
          {personaSwitch}
          <a className="icon-button" href="/" target="_blank" rel="noopener" title={inbox.shop}>
            <Icon name="store" />
            <span className="sr-only">{inbox.shop}</span>
          </a>
        </header>
        {connection === 'refused' && <Banner tone="error">{inbox.refused}</Banner>}
        {isOffline && roomId === null && <Banner>{inbox.offline}</Banner>}
        <FilterTabs
          current={filter}
          onSelect={setFilter}
          counts={{ waiting: counts?.waiting ?? 0, unread: counts?.rooms ?? 0 }}
        />
        <RoomList key={filter} filter={filter} openRoomId={roomId} />
      </section>
      {roomId === null ? (
        <main className="inbox__nothing">
          <EmptyState icon={<Icon name="inbox" size={26} />} {...inbox.nothingOpen} />
        </main>
      ) : (
        <RoomPane key={roomId} roomId={roomId} />
      )}
    </div>
  );
}

/** Back from a room, the focus is on its row: on a phone the room took it along. */
function useRowFocus(roomId: string | null): void {
  const left = useRef<string | null>(null);
  useEffect(() => {
    const last = left.current;
    left.current = roomId;
    if (roomId !== null || last === null || document.activeElement !== document.body) return;
    const row = `.room[href="/inbox/${CSS.escape(encodeURIComponent(last))}"]`;
    document.querySelector<HTMLElement>(row)?.focus();
  }, [roomId]);
}
