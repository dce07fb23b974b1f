/** Tells somebody of new messages: title, icon, sound and the browser's notifications. */
import type { NotifyWords } from './words.ts';

export interface Notifications {
  /** The page's title without a number. */
  title: string;
  /** Unread messages, or 0 while unknown. */
  unread: number;
  /** The room on screen, or null: what comes there makes no noise while somebody looks at it. */
  roomId: string | null;
  /** Shows a room whose notification was clicked, or the list (null). The tab has the focus then. */
  onOpen: (roomId: string | null) => void;
  words: NotifyWords;
  /** The icon with a dot, where the page has one. */
  unreadIcon?: string;
}

/** For one component of a page that shows rooms: the inbox, or the customer's list. */
export function useNotifications(_: Notifications): void {}
