/** The conversation inside the popup, with the product that the next message will carry. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

import type { Product } from '#protocol/message.ts';

import { useChat } from '../chat/ChatProvider.tsx';
import { useMessages } from '../chat/hooks.ts';
import { useConversation } from '../chat/use-conversation.ts';
import { keyOfVendor } from '../chat/held.ts';
import type { Opening } from '../chat/use-open-room.ts';
import { ConversationView } from '../ui/conversation/ConversationView.tsx';
import { ProductCard } from '../ui/conversation/ProductCard.tsx';
import { useNow } from '../ui/use-now.ts';
import { useWords } from '../words/area.tsx';
import { customerWords } from '../words/customer.ts';
import type { Suggestion } from './suggestion.ts';

interface PopupConversationProps {
  opening: Opening;
  /** `greeting` is the shop's own, for a conversation that is still empty. */
  vendor: { id: string; name: string; greeting: string | null };
  product: Product | null;
  locale: string;
  suggestion: Suggestion | null;
}

export function PopupConversation(props: PopupConversationProps) {
  const { opening, vendor, product, locale } = props;
  const { conversation: labels, words, popup } = useWords(customerWords);
  const input = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const roomId = opening.status === 'open' ? opening.roomId : null;
  const { asked, finish } = useAsking(roomId, product);
  const { conversation } = useConversation({
    roomId,
    draftKey: keyOfVendor(vendor.id),
    words,
    product: asked ?? undefined,
    onSent: finish,
  });
  const onRetry = useRetry({ roomId, vendorId: vendor.id, retry: conversation.onRetry });
  useLayoutEffect(() => input.current?.focus(), []);
  useSuggestion(props.suggestion, conversation);
  const localised = useMemo(() => ({ ...labels, locale }), [labels, locale]);
  const isMissing = opening.status === 'failed' && conversation.messages.length === 0;
  const failed = { status: 'failed', onReload: opening.retry } as const;
  return (
    <ConversationView
      conversation={{ ...conversation, onRetry, ...(isMissing && failed) }}
      labels={localised}
      now={now}
      empty={{
        ...popup.empty(vendor.name),
        ...(vendor.greeting !== null && { text: vendor.greeting }),
      }}
      inputRef={input}
      aboveComposer={
        asked !== null && (
          <ProductCard
            product={asked}
            locale={locale}
            caption={popup.askingAbout}
            onRemove={{ label: popup.removeProduct, onSelect: finish }}
          />
        )
      }
    />
  );
}

/** Each product goes along once: not when it was taken off, nor when it is what the conversation is about already. */
function useAsking(roomId: string | null, product: Product | null) {
  const [done, setDone] = useState<string>();
  const latest = useMessages(roomId ?? '').findLast((message) => message.product !== null);
  const id = product?.id;
  const finish = useCallback(() => setDone(id), [id]);
  const isAsking = id !== done && id !== latest?.product?.id;
  return { asked: isAsking ? product : null, finish };
}

interface Retrying {
  roomId: string | null;
  vendorId: string;
  retry: (id: string) => void;
}

/** A message whose room is gone begins it anew; any other goes its way at once. */
function useRetry({ roomId, vendorId, retry }: Retrying): (id: string) => void {
  const client = useChat();
  const messages = useMessages(roomId ?? '');
  return (id) => {
    const failed = messages.find(({ key }) => key === id);
    if (failed?.error?.code !== 'not_found') return retry(id);
    const again = () => retry(id);
    client.openRoom({ vendorId }).then(again, again);
  };
}

const taken = new WeakSet<object>();

/** Each suggestion once, and never over what somebody wrote themselves. */
function useSuggestion(
  suggestion: Suggestion | null,
  { draft, onDraft }: { draft: string; onDraft: (text: string) => void },
): void {
  useEffect(() => {
    if (suggestion === null || taken.has(suggestion)) return;
    taken.add(suggestion);
    if (draft.trim() === '') onDraft(suggestion.text);
  }, [suggestion, draft, onDraft]);
}
