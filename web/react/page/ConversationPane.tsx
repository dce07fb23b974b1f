/** One conversation with a shop: its head, its product, its messages. */
import { useEffect, useId, useRef } from 'react';

import type { Room } from '#protocol/room.ts';

import { useStore } from '../../chat/hooks.ts';
import { useChat } from '../../chat/ChatProvider.tsx';
import { useConversation } from '../../chat/use-conversation.ts';
import { useNotice } from '../../chat/use-notice.ts';
import { useVendorState } from '../../popup/use-vendor-state.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { EmptyState } from '../../ui/base/EmptyState.tsx';
import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { ConversationHead } from '../../ui/conversation/ConversationHead.tsx';
import { ConversationView } from '../../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../../ui/conversation/ProductCard.tsx';
import { Link } from '../../ui/navigation.tsx';
import { NARROW, useMedia } from '../../ui/use-media.ts';
import { useNow } from '../../ui/use-now.ts';
import { useSheetHeight } from '../../ui/use-sheet-height.ts';
import { useWords } from '../../words/area.tsx';
import { customerWords } from '../../words/customer.ts';
import { pageWords } from '../../words/page.ts';
import { pathOfRoom } from './room-path.ts';
import { RoomMarks } from './RoomMarks.tsx';
import { useShopOf } from './shop-names.ts';

interface ConversationPaneProps {
  roomId: string;
  basePath: string;
}

/** Mount it anew for another room (`key`). */
export function ConversationPane({ roomId, basePath }: ConversationPaneProps) {
  const { conversation: labels, words } = useWords(customerWords);
  const page = useWords(pageWords);
  const titleId = useId();
  const pane = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  useSheetHeight(pane, useMedia(NARROW));
  useEffect(() => {
    focusRoom(pane.current, input.current);
  }, []);
  const { conversation, room, handle } = useConversation({ roomId, words });
  const { notice, watch } = useNotice(words.refused);
  if (room.error?.code === 'not_found') return <Missing basePath={basePath} />;
  const { product } = room.room ?? {};
  return (
    <section className="chat-page__room" aria-labelledby={titleId} ref={pane} tabIndex={-1}>
      <Head titleId={titleId} room={room.room} basePath={basePath}>
        {room.room !== null && (
          <RoomMarks room={room.room} handle={handle} basePath={basePath} watch={watch} />
        )}
      </Head>
      {notice !== null && <Banner tone="error">{notice}</Banner>}
      {product !== undefined && (
        <div className="chat-page__product">
          <ProductCard product={product} locale={labels.locale} caption={page.aboutProduct} />
        </div>
      )}
      <ConversationView
        conversation={conversation}
        labels={labels}
        now={now}
        empty={page.emptyRoom}
        inputRef={input}
      />
    </section>
  );
}

interface HeadProps {
  titleId: string;
  /** Null while it is not known. */
  room: Room | null;
  basePath: string;
  children: React.ReactNode;
}

function Head({ titleId, room, basePath, children }: HeadProps) {
  const before = <BackLink basePath={basePath} />;
  if (room === null) {
    return (
      <ConversationHead titleId={titleId} name={null} online={false} state="" before={before} />
    );
  }
  return <ShopHead titleId={titleId} room={room} before={before} after={children} />;
}

interface ShopHeadProps {
  titleId: string;
  room: Room;
  before: React.ReactNode;
  after: React.ReactNode;
}

/** The shop as its room names it, and what else everybody may know of it. */
function ShopHead({ titleId, room, before, after }: ShopHeadProps) {
  const { conversation } = useWords(customerWords);
  const { name, picture, member } = useShopOf()(room);
  const vendorId = member.slice('vendor:'.length);
  const store = useChat().vendor(vendorId);
  const shop = useStore(store).value;
  useEffect(() => {
    // decoration, which may be missing
    store.load().catch(() => {});
  }, [store]);
  const state = useVendorState(vendorId, { locale: conversation.locale, shop });
  return (
    <ConversationHead
      titleId={titleId}
      name={name}
      picture={picture}
      online={state.online}
      state={state.text}
      before={before}
      after={after}
    />
  );
}

/** On a phone the way back to the list; beside the list it is not shown. */
function BackLink({ basePath }: { basePath: string }) {
  const { back } = useWords(pageWords);
  return (
    <Link
      href={pathOfRoom(basePath, null)}
      className="icon-button chat-page__back"
      aria-label={back}
    >
      <PageIcon name="back" />
    </Link>
  );
}

/** The same for a room that does not exist and one of somebody else: nobody learns which. */
function Missing({ basePath }: { basePath: string }) {
  const page = useWords(pageWords);
  return (
    <div className="chat-page__nothing chat-page__nothing--here">
      <EmptyState icon={<PageIcon name="info" size={26} />} {...page.missing}>
        <Link href={pathOfRoom(basePath, null)} className="button button--quiet">
          {page.back}
        </Link>
      </EmptyState>
    </div>
  );
}

/** Whoever opens a room wants to answer; a finger wants to read first, and no keyboard over the words. */
function focusRoom(pane: HTMLElement | null, input: HTMLElement | null): void {
  const target = matchMedia('(pointer: fine)').matches ? input : pane;
  target?.focus({ preventScroll: true });
}
