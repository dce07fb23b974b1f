/** The open chat: a dialog in the corner, a full sheet on a phone. */
import {
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
} from 'react';

import { useChat } from '../../chat/ChatProvider.tsx';
import { useConnection, useStore } from '../../chat/hooks.ts';
import { useOpenRoom } from '../../chat/use-open-room.ts';
import { Banner } from '../../ui/base/Banner.tsx';
import { Icon } from '../../ui/base/Icon.tsx';
import { ConversationHead } from '../../ui/conversation/ConversationHead.tsx';
import { PHONE, useMedia } from '../../ui/use-media.ts';
import { useSheetHeight } from '../../ui/use-sheet-height.ts';
import type { PanelInput } from './input.ts';
import { PanelConversation } from './PanelConversation.tsx';
import { panel as words } from './strings.ts';
import { useVendorState } from './use-vendor-state.ts';

/** Mount it anew for another vendor (`key`). Escape closes it, wherever the focus is inside. */
export function ChatPanel({ options, suggestion, onClose, onHidden }: PanelInput) {
  const { vendor, product, locale, dir, position } = options;
  const opening = useOpenRoom(vendor, product ?? undefined);
  const shop = useShop(vendor);
  const state = useVendorState(vendor, locale);
  const { connection } = useConnection();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isSheet = useMedia(PHONE);
  useSheetHeight(dialog, isSheet);
  useShown(dialog, { isSheet, onHidden });
  const name = options.vendorName ?? shop?.name ?? null;
  return (
    <dialog
      className={`popup popup--${position}`}
      ref={dialog}
      aria-labelledby={titleId}
      aria-modal={isSheet}
      dir={dir ?? undefined}
      lang={locale}
      {...closingEvents(onClose)}
    >
      <ConversationHead
        titleId={titleId}
        name={name}
        picture={shop?.picture ?? undefined}
        online={state.online}
        state={state.text}
        after={
          <button type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        }
      />
      {connection === 'refused' && <Banner tone="error">{words.refused}</Banner>}
      <PanelConversation
        key={product?.id}
        opening={opening}
        vendor={{ id: vendor, name: name ?? words.vendor }}
        product={product}
        locale={locale}
        suggestion={suggestion}
      />
    </dialog>
  );
}

/** The shop as it shows itself; its name is a decoration where the page says one. */
function useShop(vendorId: string) {
  const store = useChat().vendor(vendorId);
  useEffect(() => {
    store.load().catch(() => {});
  }, [store]);
  return useStore(store).value;
}

/** A sheet is modal: the browser itself puts the page below out of reach for keyboard and screen reader. */
function useShown(
  dialog: RefObject<HTMLDialogElement | null>,
  { isSheet, onHidden }: { isSheet: boolean; onHidden: () => void },
): void {
  const hidden = useRef(onHidden);
  useEffect(() => {
    hidden.current = onHidden;
  }, [onHidden]);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (isSheet) element.showModal();
    else element.show();
    // the browser gives the focus to the first button; people came to write
    element.querySelector<HTMLElement>('textarea')?.focus();
    return () => {
      element.close();
      hidden.current();
    };
  }, [dialog, isSheet]);
}

/** Escape, and on a phone the gesture for going back. */
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
