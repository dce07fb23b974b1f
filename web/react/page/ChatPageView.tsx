/** The list and the open conversation side by side; on a phone one after the other. */
import './chat-page.css';

import { type ReactNode, useEffect, useRef } from 'react';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useIsOffline, useRooms } from '../../chat/hooks.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { Icon } from '../../ui/base/Icon.tsx';
import { usePath } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { customerWords } from '../../words/customer.ts';
import { pageWords } from '../../words/page.ts';
import { useSettings } from '../settings.ts';
import { ConversationPane } from './ConversationPane.tsx';
import { PageNotifier } from './PageNotifier.tsx';
import { pathOfRoom, roomOfPath } from './room-path.ts';
import { RoomList } from './RoomList.tsx';
import { NamesProvider, type VendorName } from './shop-names.ts';

export interface ChatPageViewProps {
  basePath: string;
  siteName?: string;
  unreadIcon?: string;
  emptyAction?: ReactNode;
  vendorName?: VendorName;
}

/** Connects at once, unless nobody is signed in. */
export function ChatPageView({ vendorName, ...props }: ChatPageViewProps) {
  const { isSignedOut } = useSettings();
  if (isSignedOut) return <SignedOut />;
  const page = <SignedIn {...props} />;
  return vendorName === undefined ? page : <NamesProvider value={vendorName}>{page}</NamesProvider>;
}

function SignedOut() {
  const words = useWords(pageWords);
  const { onSignIn } = useSettings();
  return (
    <div className="chat-page chat-page--nobody">
      <EmptyState icon={<Icon name="chat" size={26} />} {...words.signedOut}>
        {onSignIn !== undefined && (
          <button type="button" className="button" onClick={onSignIn}>
            {words.signIn}
          </button>
        )}
      </EmptyState>
    </div>
  );
}

function SignedIn({ basePath, siteName, unreadIcon, emptyAction }: ChatPageViewProps) {
  const words = useWords(pageWords);
  const client = useChat();
  const roomId = roomOfPath(basePath, usePath());
  const rooms = useRooms('all');
  const isEmpty = rooms.status === 'ready' && rooms.rooms.length === 0;
  const isOffline = useIsOffline();
  const { conversation } = useWords(customerWords);
  useRowFocus(basePath, roomId);
  useEffect(() => client.connect(), [client]);
  return (
    <div className={`chat-page${roomId === null ? '' : ' chat-page--room'}`}>
      {siteName !== undefined && (
        <PageNotifier
          siteName={siteName}
          basePath={basePath}
          roomId={roomId}
          {...(unreadIcon !== undefined && { unreadIcon })}
        />
      )}
      {/* on a phone an open conversation takes the list's place, and the page keeps its heading */}
      <h1 className="sr-only" id="parley-messages">
        {words.heading}
      </h1>
      <section className="chat-page__list" aria-labelledby="parley-messages">
        <p className="chat-page__heading" aria-hidden="true">
          {words.heading}
        </p>
        <RefusedBar />
        {isOffline && roomId === null && <Banner>{conversation.offline}</Banner>}
        <RoomList {...rooms} basePath={basePath} openRoomId={roomId} emptyAction={emptyAction} />
      </section>
      {roomId === null ? (
        <div className="chat-page__nothing">
          {/* one empty place says it, not two */}
          {!isEmpty && <EmptyState icon={<Icon name="chat" size={26} />} {...words.nothingOpen} />}
        </div>
      ) : (
        <ConversationPane key={roomId} roomId={roomId} basePath={basePath} />
      )}
    </div>
  );
}

/** The server wants nothing of this user or token; a page may have signed them in again meanwhile. */
function RefusedBar() {
  const client = useChat();
  const words = useWords(pageWords);
  const { onSignIn } = useSettings();
  if (useConnection().connection !== 'refused') return null;
  const action =
    onSignIn === undefined
      ? { label: words.tryAgain, onSelect: client.connect }
      : { label: words.signIn, onSelect: onSignIn };
  return (
    <Banner tone="error" action={action}>
      {words.refused}
    </Banner>
  );
}

/** Back from a conversation, the focus is on its row: on a phone the conversation took it along. */
function useRowFocus(basePath: string, roomId: string | null): void {
  const left = useRef<string | null>(null);
  useEffect(() => {
    const last = left.current;
    left.current = roomId;
    if (roomId !== null || last === null || document.activeElement !== document.body) return;
    const row = `.room[href="${CSS.escape(pathOfRoom(basePath, last))}"]`;
    document.querySelector<HTMLElement>(row)?.focus();
  }, [basePath, roomId]);
}
