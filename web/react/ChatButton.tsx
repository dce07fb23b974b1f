/** The button on a product's page that opens the chat with its vendor. */
import './react.css';

import type { ReactNode } from 'react';

import type { Product } from '#protocol/message.ts';

import { Badge } from '../ui/base/Badge.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { directionOf } from '../words/language.ts';
import { launchWords } from '../words/launch.ts';
import { useRooms } from './hooks.ts';
import { useSettings } from './settings.ts';

export interface ChatButtonProps {
  vendorId: string;
  /** Shown at once when the chat opens; else the API is asked. */
  vendorName?: string;
  /** What the customer looks at: the first message carries it as a card. */
  product?: Product;
  /** Shows how many messages of this vendor are unread. That asks the network at once, not at the first touch. */
  showsUnread?: boolean;
  /** Added to the button's own class, `parley-button`. */
  className?: string;
  /** The label; "Chat with vendor" in the language of the provider unless given. */
  children?: ReactNode;
}

/** Asks nothing of the network until it is pressed, unless it shows unread messages. */
export function ChatButton({
  children,
  className,
  showsUnread = false,
  ...target
}: ChatButtonProps) {
  const { language, theme, popup, isSignedOut } = useSettings();
  const words = launchWords[language];
  const isOpen =
    popup.target?.vendorId === target.vendorId && popup.target.product?.id === target.product?.id;
  return (
    <button
      type="button"
      className={`parley parley-button${className === undefined ? '' : ` ${className}`}`}
      data-theme={theme}
      lang={children === undefined ? language : undefined}
      dir={children === undefined ? directionOf(language) : undefined}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={(event) => popup.open(target, event.currentTarget)}
    >
      <Icon name="chat" />
      {children ?? words.chat}
      {showsUnread && !isSignedOut && <VendorBadge vendorId={target.vendorId} />}
    </button>
  );
}

/** The list of rooms is one for all buttons of a page. */
function VendorBadge({ vendorId }: { vendorId: string }) {
  const { rooms } = useRooms();
  const words = launchWords[useSettings().language];
  const room = rooms.find(({ members }) =>
    members.some(({ member }) => member === `vendor:${vendorId}`),
  );
  const count = room?.unread ?? 0;
  return <Badge count={count} label={words.unread(count)} />;
}
