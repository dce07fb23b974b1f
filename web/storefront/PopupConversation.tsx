/** The conversation inside the popup, with the product that the next message will carry. */
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Product } from '#protocol/message.ts';

import { useMessages } from '../chat/hooks.ts';
import { useConversation } from '../chat/use-conversation.ts';
import type { Opening } from '../chat/use-open-room.ts';
import { ConversationView } from '../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../ui/conversation/ProductCard.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Vendor } from './catalogue.ts';
import { conversation as labels, popup, words } from './strings.ts';

interface PopupConversationProps {
  opening: Opening;
  vendor: Vendor;
  product: Product;
}

/** Mount it anew for another product (`key`): it takes the focus, and asks about that one. */
export function PopupConversation({ opening, vendor, product }: PopupConversationProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const roomId = opening.status === 'open' ? opening.roomId : null;
  const { isAsking, finish } = useAsking(roomId, product);
  const { conversation } = useConversation({
    roomId,
    draftKey: `vendor-${vendor.id}`,
    words,
    product: isAsking ? product : undefined,
    onSent: finish,
  });
  useEffect(() => input.current?.focus(), []);
  const isMissing = opening.status === 'failed' && conversation.messages.length === 0;
  const failed = { status: 'failed', onReload: opening.retry } as const;
  return (
    <ConversationView
      conversation={{ ...conversation, ...(isMissing && failed) }}
      labels={labels}
      now={now}
      empty={popup.empty(vendor.name)}
      inputRef={input}
      aboveComposer={
        isAsking && (
          <ProductCard
            product={product}
            locale={labels.locale}
            caption={popup.askingAbout}
            onRemove={{ label: popup.removeProduct, onSelect: finish }}
          />
        )
      }
    />
  );
}

/** The product goes along once: not when it was taken off, nor when it is what the conversation is about already. */
function useAsking(roomId: string | null, product: Product) {
  const [isDone, setDone] = useState(false);
  const latest = useMessages(roomId ?? '').findLast((message) => message.product !== null);
  const finish = useCallback(() => setDone(true), []);
  return { isAsking: !isDone && latest?.product?.id !== product.id, finish };
}
