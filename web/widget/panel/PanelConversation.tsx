/** The conversation inside the open chat, with the product that the next message will carry. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Product } from '#protocol/message.ts';

import { useMessages } from '../../chat/hooks.ts';
import { useConversation } from '../../chat/use-conversation.ts';
import type { Opening } from '../../chat/use-open-room.ts';
import { ConversationView } from '../../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../../ui/conversation/ProductCard.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { PanelInput } from './input.ts';
import { conversation as labels, panel, words } from './strings.ts';

interface PanelConversationProps {
  opening: Opening;
  vendor: { id: string; name: string };
  product: Product | null;
  locale: string;
  suggestion: PanelInput['suggestion'];
}

/** Mount it anew for another product (`key`): it asks about that one. */
export function PanelConversation(props: PanelConversationProps) {
  const { opening, vendor, product, locale } = props;
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const roomId = opening.status === 'open' ? opening.roomId : null;
  const { asked, finish } = useAsking(roomId, product);
  const { conversation } = useConversation({
    roomId,
    draftKey: `vendor-${vendor.id}`,
    words,
    product: asked ?? undefined,
    onSent: finish,
  });
  useEffect(() => input.current?.focus(), []);
  useSuggestion(props.suggestion, conversation);
  const localised = useMemo(() => ({ ...labels, locale }), [locale]);
  const isMissing = opening.status === 'failed' && conversation.messages.length === 0;
  const failed = { status: 'failed', onReload: opening.retry } as const;
  return (
    <ConversationView
      conversation={{ ...conversation, ...(isMissing && failed) }}
      labels={localised}
      now={now}
      empty={panel.empty(vendor.name)}
      inputRef={input}
      aboveComposer={
        asked !== null && (
          <ProductCard
            product={asked}
            locale={locale}
            caption={panel.askingAbout}
            onRemove={{ label: panel.removeProduct, onSelect: finish }}
          />
        )
      }
    />
  );
}

/** The product goes along once: not when it was taken off, nor when it is what the conversation is about already. */
function useAsking(roomId: string | null, product: Product | null) {
  const [isDone, setDone] = useState(false);
  const latest = useMessages(roomId ?? '').findLast((message) => message.product !== null);
  const finish = useCallback(() => setDone(true), []);
  const isAsking = !isDone && product !== null && latest?.product?.id !== product.id;
  return { asked: isAsking ? product : null, finish };
}

const taken = new WeakSet<object>();

/** Each suggestion once, and never over what somebody wrote themselves. */
function useSuggestion(
  suggestion: PanelInput['suggestion'],
  { draft, onDraft }: { draft: string; onDraft: (text: string) => void },
): void {
  useEffect(() => {
    if (suggestion === null || taken.has(suggestion)) return;
    taken.add(suggestion);
    if (draft.trim() === '') onDraft(suggestion.text);
  }, [suggestion, draft, onDraft]);
}
