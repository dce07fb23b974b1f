/** Tells somebody of new messages: title, icon, sound and the browser's notifications. */
import { useEffect, useRef } from 'react';

import { useChat } from '../ChatProvider.tsx';
import { useConnection } from '../hooks.ts';
import { tabsOf } from '../session.ts';
import { useIsLooking } from '../use-read-mark.ts';
import { showIcon, titleWith } from './badge.ts';
import { scopeOf } from './scope.ts';
import { type Running, startNotifier } from './start.ts';
import { useNotifyPreferences } from './use-preferences.ts';
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
  /** The address of the icon with a dot, where the page has one. */
  unreadIcon?: string;
}

/** For one component of a page that shows rooms: the inbox, or the customer's list. */
export function useNotifications(input: Notifications): void {
  const { title, unread, roomId, unreadIcon } = input;
  const client = useChat();
  const scope = scopeOf(client, useConnection());
  const { preferences } = useNotifyPreferences();
  const isLooking = useIsLooking();
  const shown = preferences.badge ? unread : 0;
  const hasDot = shown > 0;
  useEffect(() => {
    document.title = titleWith(title, shown);
  }, [title, shown]);
  useEffect(
    () => (hasDot && unreadIcon !== undefined ? showIcon(unreadIcon) : undefined),
    [hasDot, unreadIcon],
  );

  const latest = useRef({ ...input, preferences });
  useEffect(() => {
    latest.current = { ...input, preferences };
  });
  const running = useRef<Running | null>(null);
  useEffect(() => {
    const tabs = tabsOf(client);
    if (scope === null || tabs === undefined) return;
    const started = startNotifier({
      client,
      scope,
      tabs,
      roomId: () => latest.current.roomId,
      preferences: () => latest.current.preferences,
      words: () => latest.current.words,
      onOpen: (opened) => {
        window.focus();
        latest.current.onOpen(opened);
      },
    });
    running.current = started;
    return () => {
      running.current = null;
      started.end();
    };
  }, [client, scope]);
  useEffect(() => {
    running.current?.lookChanged(isLooking ? roomId : null);
  }, [roomId, isLooking]);
}
