/** The conversation inside the popup, with the product that the next message will carry. */
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Product } from '#protocol/message.ts';

import { useConversation } from '../chat/use-conversation.ts';
import { ConversationView } from '../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../ui/conversation/ProductCard.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Vendor } from './catalogue.ts';
import { conversation as labels, popup, words } from './strings.ts';

interface PopupConversationProps {
  roomId: string;
  vendor: Vendor;
  product: Product;
}

/** The product goes along once: with the first message after it was opened for. */
export function PopupConversation({ roomId, vendor, product }: PopupConversationProps) {
  const [doneWith, setDoneWith] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const finish = useCallback(() => setDoneWith(product.id), [product.id]);
  const isAsking = doneWith !== product.id;
  const { conversation, room } = useConversation({
    roomId,
    words,
    product: isAsking ? product : undefined,
    onSent: finish,
  });
  // what the room already is about needs no second card
  const isKnown = room.room?.lastMessage != null && room.room.product?.id === product.id;
  useEffect(() => {
    if (isKnown) finish();
  }, [isKnown, finish]);
  useEffect(() => input.current?.focus(), [product.id]);
  return (
    <ConversationView
      conversation={conversation}
      labels={labels}
      now={now}
      empty={popup.empty(vendor.name)}
      inputRef={input}
      aboveComposer={
        isAsking &&
        !isKnown && (
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
