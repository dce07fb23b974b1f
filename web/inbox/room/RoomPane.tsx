/** One conversation of the inbox with its head, and what is known about it beside it or over it. */
import './room.css';

import { useId, useLayoutEffect, useRef, useState } from 'react';

import type { Room } from '#protocol/room.ts';

import { useConversation } from '../../chat/use-conversation.ts';
import { useNotice } from '../../chat/use-notice.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { ConversationHead } from '../../ui/conversation/ConversationHead.tsx';
import { ConversationView } from '../../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../../ui/conversation/ProductCard.tsx';
import { NARROW, useMedia, WIDE } from '../../ui/use-media.ts';
import { useSheetHeight } from '../../ui/use-sheet-height.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { ContextDrawer } from '../context/ContextDrawer.tsx';
import { RoomContext } from '../context/RoomContext.tsx';
import { Following } from '../replies/Following.tsx';
import { useMeetInRoom } from '../staff/use-staff.ts';
import { Colleagues } from './Colleagues.tsx';
import { MissingRoom } from './MissingRoom.tsx';
import { NewerNotice } from './NewerNotice.tsx';
import { BackLink, RoomActions } from './RoomActions.tsx';
import { useAnswering } from './use-answering.ts';
import { useCustomer } from './use-customer.ts';
import { useFocus } from './use-focus.ts';
import { type RoomDeeds, useRoomDeeds } from './use-room-deeds.ts';

interface RoomPaneProps {
  roomId: string;
  /** Whether what is known about it was asked for by its address. */
  isAbout: boolean;
  /** Takes what the keys do here, as long as this room is open. */
  onDeeds: (deeds: RoomDeeds | null) => void;
}

/** Mount it anew for another room (`key`). */
export function RoomPane({ roomId, isAbout, onDeeds }: RoomPaneProps) {
  const inbox = useWords(inboxWords);
  const titleId = useId();
  const pane = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const isWide = useMedia(WIDE);
  useSheetHeight(pane, useMedia(NARROW));
  const [wasInRoom, setInRoom] = useState(!isAbout);
  if (!isAbout && !wasInRoom) setInRoom(true);
  // before the next key comes: whoever opens a room with Enter writes on at once
  useLayoutEffect(() => focusRoom(pane.current, input.current), []);
  const { conversation, room, handle } = useConversation({ roomId, words: inbox.words });
  const { notice, watch } = useNotice(inbox.words.refused);
  useFocus(handle, conversation.draft.trim() !== '');
  useMeetInRoom(room);
  const customer = useCustomer(room.room, now);
  const answering = useAnswering({ conversation, room, handle });
  useRoomDeeds(onDeeds, { room: room.room, handle, watch, input, conversation });
  if (room.error?.code === 'not_found') return <MissingRoom />;
  const context = <RoomContext state={room} customer={customer} handle={handle} watch={watch} />;
  return (
    <>
      <main className="inbox__room" id="content" aria-labelledby={titleId} ref={pane} tabIndex={-1}>
        <ConversationHead
          titleId={titleId}
          name={customer.name}
          picture={customer.picture}
          online={customer.online}
          state={customer.state}
          before={<BackLink />}
          after={
            room.room !== null && (
              <RoomActions room={room.room} handle={handle} watch={watch} showsAbout={!isWide} />
            )
          }
        />
        <Banner tone="error">{notice}</Banner>
        <Colleagues colleagues={room.colleagues} />
        {!isWide && <AsksAbout room={room.room} />}
        <ConversationView
          conversation={answering.conversation}
          labels={inbox.conversation}
          now={now}
          empty={inbox.emptyRoom}
          suggest={answering.suggest}
          beforeSend={answering.beforeSend}
          aboveComposer={
            <>
              <Following texts={answering.following} onChange={answering.setFollowing} />
              <NewerNotice {...answering.notice} />
            </>
          }
          inputRef={input}
        />
      </main>
      {isWide && context}
      {!isWide && isAbout && (
        <ContextDrawer roomId={roomId} isStepBack={wasInRoom}>
          {context}
        </ContextDrawer>
      )}
    </>
  );
}

/** Where there is no third pane, the product stands over the messages. */
function AsksAbout({ room }: { room: Room | null }) {
  const { asksAbout, locale } = useWords(inboxWords);
  if (room?.product === undefined) return null;
  return (
    <div className="inbox__product">
      <ProductCard product={room.product} locale={locale} caption={asksAbout} />
    </div>
  );
}

/** Whoever opens a room wants to answer; a finger wants to read first, and no keyboard over the words. */
function focusRoom(pane: HTMLElement | null, input: HTMLElement | null): void {
  const target = matchMedia('(pointer: fine)').matches ? input : pane;
  target?.focus({ preventScroll: true });
}
