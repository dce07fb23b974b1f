/** The chat with one vendor over any page: a dialog in the corner, a full sheet on a phone. */
import { type KeyboardEvent, type SyntheticEvent, useEffect, useId, useRef } from 'react';

import type { Product } from '#protocol/message.ts';
import type { Vendor } from '#protocol/vendor.ts';

import { useChat } from '../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../chat/hooks.ts';
import { type Opening, useOpenRoom } from '../chat/use-open-room.ts';
import { Banner } from '../ui/base/Banner.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { ConversationHead } from '../ui/conversation/ConversationHead.tsx';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { useSheetHeight } from '../ui/use-sheet-height.ts';
import { useWords } from '../words/area.tsx';
import { customerWords } from '../words/customer.ts';
import { PopupConversation } from './PopupConversation.tsx';
import type { Suggestion } from './suggestion.ts';
import { useBackCloses } from './use-back-closes.ts';
import { useShown } from './use-shown.ts';
import { useVendorState } from './use-vendor-state.ts';

export interface ChatPopupProps {
  vendorId: string;
  /** Shown instead of the name that the API says, and at once. */
  vendorName?: string | null | undefined;
  /** What the next message asks about. */
  product: Product | null;
  /** The corner, along the direction of the text. */
  position?: 'end' | 'start';
  dir?: 'ltr' | 'rtl' | undefined;
  /** A tag of the words' language with a region, for times and prices; the words' own where it is missing. */
  locale?: string | undefined;
  suggestion?: Suggestion | null;
  /** The room with the vendor is there. */
  onOpened?: (roomId: string) => void;
  /** The person closes it: take it away. */
  onClose: () => void;
  /** It has gone from the screen, or is about to come back in another shape: give the focus back here. */
  onHidden?: () => void;
}

/** Needs a ChatProvider, the customer's words and `popup.css`; connects. Mount it anew for another vendor (`key`). */
export function ChatPopup({ vendorId, product, onClose, ...props }: ChatPopupProps) {
  const client = useChat();
  const { popup, conversation } = useWords(customerWords);
  const { locale = conversation.locale, position = 'end' } = props;
  const opening = useOpenRoom(vendorId, product ?? undefined);
  const shop = useShop(vendorId);
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isSheet = useMedia(PHONE);
  useSheetHeight(dialog, isSheet);
  useBackCloses(isSheet, onClose);
  useShown(dialog, { isSheet, onHidden: props.onHidden });
  useEffect(() => client.connect(), [client]);
  const roomId = opening.status === 'open' ? opening.roomId : null;
  const { onOpened } = props;
  useEffect(() => {
    if (roomId !== null) onOpened?.(roomId);
  }, [roomId, onOpened]);
  const name = props.vendorName ?? shop?.name ?? null;
  return (
    <dialog
      className={`popup popup--${position}`}
      ref={dialog}
      aria-labelledby={titleId}
      aria-modal={isSheet}
      dir={props.dir}
      lang={conversation.locale}
      {...closingEvents(onClose)}
    >
      <PopupHead
        titleId={titleId}
        vendorId={vendorId}
        name={name}
        shop={shop}
        locale={locale}
        onClose={onClose}
      />
      <RefusedBar opening={opening} />
      <PopupConversation
        opening={opening}
        vendor={{ id: vendorId, name: name ?? popup.vendor, greeting: shop?.greeting ?? null }}
        product={product}
        locale={locale}
        suggestion={props.suggestion ?? null}
      />
    </dialog>
  );
}

interface PopupHeadProps {
  titleId: string;
  vendorId: string;
  name: string | null;
  shop: Vendor | null;
  locale: string;
  onClose: () => void;
}

function PopupHead({ titleId, vendorId, name, shop, locale, onClose }: PopupHeadProps) {
  const { popup } = useWords(customerWords);
  const state = useVendorState(vendorId, { locale, shop });
  return (
    <ConversationHead
      titleId={titleId}
      name={name}
      picture={shop?.picture ?? undefined}
      online={state.online}
      state={state.text}
      after={
        <button type="button" className="icon-button" aria-label={popup.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      }
    />
  );
}

/** Nobody wants this user or token; a page may have signed them in again meanwhile. */
function RefusedBar({ opening }: { opening: Opening }) {
  const client = useChat();
  const { popup, conversation } = useWords(customerWords);
  const isRefused = useConnection().connection === 'refused';
  const retry = () => {
    client.connect();
    opening.retry();
  };
  return (
    <Banner tone="error" action={{ label: conversation.retryLoad, onSelect: retry }}>
      {isRefused && popup.refused}
    </Banner>
  );
}

/** The shop as it shows itself: decoration, which may be missing. */
function useShop(vendorId: string): Vendor | null {
  const store = useChat().vendor(vendorId);
  useEffect(() => {
    store.load().catch(() => {});
  }, [store]);
  return useStore(store).value;
}

/** Escape, and on a phone the browser's own gesture for closing. */
function closingEvents(onClose: () => void) {
  return {
    onKeyDownCapture: (event: KeyboardEvent) => {
      // else the browser closes a modal dialog by itself, also where Escape only ends an answer or an edit
      if (event.key === 'Escape' && !isInViewer(event.target)) event.preventDefault();
    },
    onKeyDown: (event: KeyboardEvent) => {
      // an input method's own Escape ends the composition, not the chat
      if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose();
    },
    onCancel: (event: SyntheticEvent) => {
      // a file chooser's cancel bubbles up here
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      onClose();
    },
  };
}

function isInViewer(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.viewer') !== null;
}
