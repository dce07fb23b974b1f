/** The left pane: whose inbox it is, which conversations are shown, and the list of them. */
import { type ReactNode, useState } from 'react';

import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { useConnection, useIsOffline, useUnread } from '../../chat/hooks.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { Fence } from '../../ui/base/Fence.tsx';
import { later } from '../../ui/base/later.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { DeskIcon } from '../DeskIcon.tsx';
import { FilterTabs } from './FilterTabs.tsx';
import { FindField } from './FindField.tsx';
import { ListHead } from './ListHead.tsx';
import { RoomList } from './RoomList.tsx';

const NotificationPrompt = later(
  async () => (await import('../notifications/NotificationPrompt.tsx')).NotificationPrompt,
);

interface ListPaneProps {
  shopName: string;
  personaSwitch: ReactNode;
  openRoomId: string | null;
  /** Whether nothing else is on the screen: then this is what the page is about. */
  isMain: boolean;
  onShown: (rooms: readonly Room[]) => void;
  onHelp: () => void;
}

/** Stays as it is while one goes from room to room. */
export function ListPane({ openRoomId, isMain, onShown, ...head }: ListPaneProps) {
  const inbox = useWords(inboxWords);
  const { desk } = inbox;
  const { connection } = useConnection();
  const isOffline = useIsOffline();
  const counts = useUnread();
  const [filter, setFilter] = useState<RoomFilter>('waiting');
  const [query, setQuery] = useState('');
  const [isChoosing, setChoosing] = useState(false);
  const choose = (next: RoomFilter) => {
    setFilter(next);
    setChoosing(false);
  };
  return (
    <section
      className="inbox__list"
      role={isMain ? 'main' : undefined}
      aria-label={inbox.conversations}
    >
      <ListHead {...head} />
      <Banner tone="error">{connection === 'refused' && inbox.refused}</Banner>
      <Banner>{isOffline && openRoomId === null && inbox.offline}</Banner>
      <Fence>
        <NotificationPrompt />
      </Fence>
      <FilterTabs
        current={filter}
        onSelect={choose}
        counts={{ waiting: counts?.waiting ?? 0, unread: counts?.rooms ?? 0 }}
      />
      <div className="inbox__tools">
        <FindField query={query} onQuery={setQuery} />
        <button
          type="button"
          className="icon-button"
          aria-pressed={isChoosing}
          aria-label={desk.choose.several}
          title={desk.choose.several}
          onClick={() => setChoosing(!isChoosing)}
        >
          <DeskIcon name="select" />
        </button>
      </div>
      <RoomList
        key={filter}
        filter={filter}
        query={query}
        openRoomId={openRoomId}
        isChoosing={isChoosing}
        onChoosingEnd={() => setChoosing(false)}
        onShown={onShown}
      />
    </section>
  );
}
