/** The chat with a vendor over the shop: a popup in the corner, a full sheet on a phone. */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';

import { useChat } from '../chat/ChatProvider.tsx';
import { useConnection } from '../chat/hooks.ts';
import { useOpenRoom } from '../chat/use-open-room.ts';
import { Banner } from '../ui/base/Banner.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { ConversationHead } from '../ui/conversation/ConversationHead.tsx';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { useSheetHeight } from '../ui/use-sheet-height.ts';
import { productForChat, type ShopProduct, vendorOf } from './catalogue.ts';
import { PopupConversation } from './PopupConversation.tsx';
import { popup } from './strings.ts';
import { useVendorState } from './use-vendor-state.ts';

interface ChatPopupProps {
  product: ShopProduct;
  /** Closes it; the caller gives the focus back. */
  onClose: () => void;
}

/** Connects when it opens. Escape closes it, wherever the focus is inside. */
export function ChatPopup({ product, onClose }: ChatPopupProps) {
  const client = useChat();
  const vendor = vendorOf(product);
  const asked = useMemo(() => productForChat(product, location.origin), [product]);
  const opening = useOpenRoom(vendor.id, asked);
  const state = useVendorState(vendor.id);
  const { connection } = useConnection();
  const titleId = useId();
  const dialog = useRef<HTMLDivElement>(null);
  const isSheet = useMedia(PHONE);
  useSheetHeight(dialog, isSheet);
  useShopAside(isSheet);
  useEffect(() => client.connect(), [client]);

  const onKeyDown = (event: KeyboardEvent) => {
    // an input method's own Escape ends the composition, not the chat
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose();
  };
  return (
    <div
      className="popup"
      ref={dialog}
      role="dialog"
      aria-labelledby={titleId}
      aria-modal={isSheet}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <ConversationHead
        titleId={titleId}
        name={vendor.name}
        online={state.online}
        state={state.text}
        after={
          <button type="button" className="icon-button" aria-label={popup.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        }
      />
      {connection === 'refused' && <Banner tone="error">{popup.refused}</Banner>}
      <PopupConversation key={product.id} opening={opening} vendor={vendor} product={asked} />
    </div>
  );
}

/** Under a full sheet the shop is out of reach for the keyboard and the screen reader too. */
function useShopAside(isCovered: boolean): void {
  useEffect(() => {
    const shop = document.querySelector<HTMLElement>('#shop');
    if (shop === null || !isCovered) return;
    shop.inert = true;
    document.body.classList.add('is-covered');
    return () => {
      shop.inert = false;
      document.body.classList.remove('is-covered');
    };
  }, [isCovered]);
}
